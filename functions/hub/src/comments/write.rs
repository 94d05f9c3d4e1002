//! Writing, changing and deleting comments.

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use maru_store::{Outcome, StoreError, text};
use serde::Serialize;

use super::{Comment, Place};
use crate::counts::Mark;
use crate::error::Error;
use crate::notices::Notice;
use crate::store::{Store, author_key, comment_key, place_key};

/// That a member wrote a comment, and where.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Written<'a> {
    resume_id: &'a str,
}

/// Where the condition that the author's account is open stands among the writes of a comment.
const OPEN: usize = 0;

impl Store {
    /// Writes a new comment on a resume of `owner`, and `notice` of it. One of its id that is there already was
    /// written by a request before this one: then nothing is written, and it is given as it stands.
    ///
    /// # Errors
    /// [`Error::Closed`], [`Error::NotFound`] when it was there and is deleted by now, [`Error::Store`].
    pub async fn write(
        &self,
        comment: Comment,
        owner: &str,
        notice: Option<&Notice>,
        mark: &Mark,
    ) -> Result<Comment, Error> {
        let Comment { id, resume_id, author_id, .. } = &comment;
        let place =
            Place { resume_id: resume_id.clone(), author_id: author_id.clone(), owner_id: owner.to_owned() };
        let table = self.table();
        let new = table.transact_put(&comment_key(resume_id, id), &comment)?;
        let mut writes = vec![
            self.members().open_part(author_id)?,
            table.part(new.condition_expression("attribute_not_exists(pk)").build())?,
            table.part(table.transact_put(&place_key(id), &place)?.build())?,
            table.part(table.transact_put(&author_key(author_id, id), &Written { resume_id })?.build())?,
            self.one_more_comment_part(resume_id, author_id, mark)?,
        ];
        if let Some(notice) = notice {
            writes.push(table.part(table.transact_put(&notice.key(id), notice)?.build())?);
        }
        match table.transact(writes).await? {
            Ok(()) => Ok(comment),
            Err(cancelled) if cancelled.failed_at(OPEN) => Err(Error::Closed),
            Err(_) => self.comment(resume_id, id).await?.ok_or(Error::NotFound),
        }
    }

    /// Changes what a comment says; gives it as it is then.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it was deleted, [`Error::Store`].
    pub async fn rewrite(
        &self,
        resume: &str,
        comment: &str,
        content: &str,
        at: Timestamp,
    ) -> Result<Comment, Error> {
        let update = self
            .table()
            .update(&comment_key(resume, comment))
            .update_expression("SET content = :content, editedAt = :at")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":content", text(content))
            .expression_attribute_values(":at", self.table().attribute(&at)?);
        match self.table().update_if(update).await? {
            Outcome::Done(item) => Ok(self.table().decode(item)?),
            Outcome::Refused(_) => Err(Error::NotFound),
        }
    }

    /// Deletes a comment and what belongs to it. Gives whether it was there.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn delete(
        &self,
        comment: &str,
        place: &Place,
        more: Option<TransactWriteItem>,
    ) -> Result<bool, StoreError> {
        let Place { resume_id, author_id, .. } = place;
        let table = self.table();
        let there = table.transact_delete(&comment_key(resume_id, comment));
        let mut writes = vec![
            table.part(there.condition_expression("attribute_exists(pk)").build())?,
            table.part(table.transact_delete(&place_key(comment)).build())?,
            table.part(table.transact_delete(&author_key(author_id, comment)).build())?,
            self.one_less_comment_part(resume_id, author_id)?,
        ];
        writes.extend(more);
        Ok(table.transact(writes).await?.is_ok())
    }
}
