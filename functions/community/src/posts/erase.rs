//! What is done with the posts and the votes of a member who left: the posts, being the member's own words, are deleted;
//! the votes are taken back, so that counts stay true.

use maru_store::StoreError;
use serde::Deserialize;

use super::keys::{author_key, author_partition, vote_key, votes_partition};
use super::votes::Cast;
use crate::store::Store;

/// How many items are read at a time.
const BATCH: i32 = 100;

#[derive(Deserialize)]
struct PostId {
    sk: String,
}

impl Store {
    /// Deletes the posts of a member, counting them in the record of the erasure.
    ///
    /// # Errors
    /// [`StoreError`]: begin again, what is done stays done.
    pub async fn erase_posts(&self, member: &str) -> Result<(), StoreError> {
        let table = self.table();
        loop {
            let query = table.query(&author_partition(member)).projection_expression("sk");
            let posts: Vec<PostId> = table.query_page(query.consistent_read(true).limit(BATCH)).await?;
            if posts.is_empty() {
                return Ok(());
            }
            for PostId { sk: id } in posts {
                let Some(post) = self.post(&id).await? else {
                    table.delete(&author_key(member, &id)).await?;
                    continue;
                };
                let counted = table.erasure(member).one_more("posts")?;
                self.withdraw(&post, Some(counted), table.clock().now()).await?;
            }
        }
    }

    /// Takes the votes of a member back, counting them in the record of the erasure.
    ///
    /// # Errors
    /// [`StoreError`]: begin again, what is done stays done.
    pub async fn erase_votes(&self, member: &str) -> Result<(), StoreError> {
        let table = self.table();
        loop {
            let query = table.query(&votes_partition(member)).consistent_read(true).limit(BATCH);
            let votes: Vec<Cast> = table.query_page(query).await?;
            if votes.is_empty() {
                return Ok(());
            }
            for Cast { post_id, vote, .. } in votes {
                let mut writes = if self.post(&post_id).await?.is_some() {
                    self.vote_parts(&post_id, member, Some(vote), None, table.clock().now())?
                } else {
                    // A post that was deleted counts nothing any more, and after a day nothing says so.
                    let vote = table.transact_delete(&vote_key(member, &post_id));
                    vec![table.part(vote.condition_expression("attribute_exists(pk)").build())?]
                };
                writes.push(table.erasure(member).one_more("votes")?);
                // A vote that the member's own last request changed, or whose post was deleted just now, is found again.
                let _ = table.transact(writes).await?;
            }
        }
    }
}
