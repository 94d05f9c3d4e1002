//! Votes: at most one by each member, and the counts always equal to their number.
//!
//! The vote and the counts are one transaction. It is written under the condition that the vote before is the one by
//! which the counts were changed; who is refused is told the vote that stands there, and decides anew. A part of the
//! counts takes some hundred votes a second, a post four times that: whoever meets another one's transaction there
//! tries again, after a pause by chance.

use aws_sdk_dynamodb::types::TransactWriteItem;
use community_rules::vote::{Choice, Difference, Vote};
use jiff::Timestamp;
use maru_store::{Item, StoreError, text};
use serde::{Deserialize, Serialize};

use super::counts::Tally;
use super::keys::vote_key;
use crate::error::Error;
use crate::store::Store;

/// How often a vote is tried that the same member changes at the same moment.
const ATTEMPTS: u32 = 20;

/// Where the writes of a vote stand in their transaction.
const VOTE: usize = 0;
const COUNTS: usize = 1;

/// A vote as it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Cast {
    #[serde(rename = "sk", skip_serializing)]
    pub(super) post_id: String,
    pub(super) vote: Vote,
    voted_at: Timestamp,
}

/// The vote of the caller, and those of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct VoteView {
    vote: Choice,
    up: i64,
    down: i64,
}

impl VoteView {
    /// The vote of the caller, and those of all.
    #[must_use]
    pub fn new(vote: Option<Vote>, Tally { up, down }: Tally) -> Self {
        Self { vote: vote.into(), up, down }
    }
}

impl Store {
    /// Makes `vote` the vote of `member` on a post, and counts it. The post has to be there.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it was deleted, [`Error::Closed`], [`Error::Overtaken`], [`Error::Store`].
    pub async fn vote(
        &self,
        post: &str,
        member: &str,
        vote: Option<Vote>,
        now: Timestamp,
    ) -> Result<VoteView, Error> {
        let mut before = self.vote_of(member, post).await?;
        for _ in 0..ATTEMPTS {
            if before == vote {
                return Ok(VoteView::new(vote, self.tally(post).await?));
            }
            let mut writes = self.vote_parts(post, member, before, vote, now)?;
            writes.push(self.members().open_part(member)?);
            let Err(cancelled) = self.table().transact(writes).await? else {
                return Ok(VoteView::new(vote, self.tally(post).await?));
            };
            if cancelled.failed_at(COUNTS) {
                return Err(Error::NotFound);
            }
            let Some(Some(standing)) = cancelled.failed.into_iter().nth(VOTE) else {
                return Err(Error::Closed);
            };
            before = self.decoded(standing)?;
        }
        Err(Error::Overtaken)
    }

    /// The vote of a member on a post.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) async fn vote_of(&self, member: &str, post: &str) -> Result<Option<Vote>, StoreError> {
        let cast: Option<Cast> = self.table().get(&vote_key(member, post), true).await?;
        Ok(cast.map(|cast| cast.vote))
    }

    /// The votes of a member on several posts.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) async fn votes_among(&self, member: &str, posts: &[&str]) -> Result<Vec<Cast>, StoreError> {
        self.table().get_all(posts.iter().map(|post| vote_key(member, post)).collect(), true).await
    }

    /// A vote and its count: the first fails when the vote before is another one, the second when the post was deleted.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub(super) fn vote_parts(
        &self,
        post: &str,
        member: &str,
        before: Option<Vote>,
        after: Option<Vote>,
        now: Timestamp,
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        let (table, key) = (self.table(), vote_key(member, post));
        let condition = if before.is_some() { "vote = :before" } else { "attribute_not_exists(pk)" };
        let seen = before.map(|vote| (":before".to_owned(), text(vote.name())));
        let seen = seen.map(|seen| [seen].into());
        let vote = match after {
            Some(vote) => {
                let cast = Cast { post_id: String::new(), vote, voted_at: now };
                let put = table.transact_put(&key, &cast)?.condition_expression(condition);
                table.part(put.set_expression_attribute_values(seen).build())?
            }
            None => {
                let delete = table.transact_delete(&key).condition_expression(condition);
                table.part(delete.set_expression_attribute_values(seen).build())?
            }
        };
        Ok(vec![vote, self.count_part(post, member, Difference::between(before, after))?])
    }

    /// The vote that stands in an item, none if there is no item.
    fn decoded(&self, item: Item) -> Result<Option<Vote>, StoreError> {
        if item.is_empty() {
            return Ok(None);
        }
        Ok(Some(self.table().decode::<Cast>(item)?.vote))
    }
}
