//! Likes: at most one by each member, and the count always equal to their number.
//!
//! The like, the count and the notice of it are one transaction whose conditions decide: of ten likes at
//! once one is written, and the others find it there.

use std::collections::HashSet;

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use maru_lambda::new_id;
use maru_members::member_key;
use maru_store::{StoreError, integer, text};
use serde::{Deserialize, Serialize};

use crate::counts::Mark;
use crate::error::Error;
use crate::notices::Notice;
use crate::store::{Store, like_key, likes_partition};

/// How many resumes one account can like: a list of one's likes is sorted from all of them.
pub const MOST_LIKES: i64 = 10_000;

/// Whether anything was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is as it was asked for now.
    Made,
    /// It was already so.
    None,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewLike {
    liked_at: Timestamp,
}

#[derive(Deserialize)]
struct Like {
    #[serde(rename = "sk")]
    resume_id: String,
}

impl Store {
    /// Likes a resume in the name of `member`, and writes `notice` if that is new.
    ///
    /// # Errors
    /// [`Error::Closed`], [`Error::TooManyLikes`], [`Error::Store`].
    pub async fn like(
        &self,
        member: &str,
        resume: &str,
        mark: &Mark,
        notice: Option<&Notice>,
    ) -> Result<Change, Error> {
        let put = self.table().transact_put(&like_key(member, resume), &NewLike { liked_at: mark.at() })?;
        let put = put.condition_expression("attribute_not_exists(pk)").build();
        let mut writes = vec![
            self.table().part(put)?,
            self.one_more_part(member)?,
            self.likes_part(resume, member, 1, mark)?,
        ];
        if let Some(notice) = notice {
            let put = self.table().transact_put(&notice.key(&new_id("like", mark.at())), notice)?;
            writes.push(self.table().part(put.build())?);
        }
        let Err(cancelled) = self.table().transact(writes).await? else { return Ok(Change::Made) };
        if cancelled.failed_at(0) {
            return Ok(Change::None);
        }
        let member = cancelled.failed.into_iter().nth(1).flatten().unwrap_or_default();
        if member.contains_key("closedAt") { Err(Error::Closed) } else { Err(Error::TooManyLikes) }
    }

    /// Takes the like of `member` back.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unlike(&self, member: &str, resume: &str, mark: &Mark) -> Result<Change, StoreError> {
        let one_less = self
            .table()
            .transact_update(&member_key(member))
            .update_expression("ADD likes :less")
            .expression_attribute_values(":less", integer(-1));
        let mut writes = self.unlike_parts(member, resume, mark)?;
        writes.push(self.table().part(one_less.build())?);
        let done = self.table().transact(writes).await?;
        Ok(if done.is_ok() { Change::Made } else { Change::None })
    }

    /// The removal of a like and its count; the first write's condition fails when there is no like.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn unlike_parts(
        &self,
        member: &str,
        resume: &str,
        mark: &Mark,
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        let delete = self.table().transact_delete(&like_key(member, resume));
        let delete = delete.condition_expression("attribute_exists(pk)").build();
        Ok(vec![self.table().part(delete)?, self.likes_part(resume, member, -1, mark)?])
    }

    /// Which of `resumes` the member likes.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn liked_among(&self, member: &str, resumes: &[&str]) -> Result<HashSet<String>, StoreError> {
        let keys = resumes.iter().map(|resume| like_key(member, resume)).collect();
        let likes: Vec<Like> = self.table().get_all(keys, true).await?;
        Ok(likes.into_iter().map(|like| like.resume_id).collect())
    }

    /// All resumes that the member likes, at most [`MOST_LIKES`].
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn likes_of(&self, member: &str) -> Result<Vec<String>, StoreError> {
        let query = self.table().query(&likes_partition(member)).consistent_read(true);
        let likes: Vec<Like> = self.table().query_all(query).await?;
        Ok(likes.into_iter().map(|like| like.resume_id).collect())
    }

    /// One more like of a member, if the account is open and has not too many.
    fn one_more_part(&self, member: &str) -> Result<TransactWriteItem, StoreError> {
        let update = self
            .table()
            .transact_update(&member_key(member))
            .update_expression("SET memberId = :id ADD likes :one")
            .condition_expression(
                "attribute_not_exists(closedAt) AND (attribute_not_exists(likes) OR likes < :most)",
            )
            .expression_attribute_values(":id", text(member))
            .expression_attribute_values(":one", integer(1))
            .expression_attribute_values(":most", integer(MOST_LIKES));
        self.table().part(update.build())
    }
}
