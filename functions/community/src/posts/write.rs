//! Writing, changing and deleting posts.

use aws_sdk_dynamodb::types::TransactWriteItem;
use community_rules::cells::{Cell, Level};
use jiff::Timestamp;
use maru_store::{Key, Outcome, StoreError, text};
use serde::Serialize;

use super::Post;
use super::keys::{author_key, cell_partition, post_key};
use super::near::Entry;
use super::text::{Body, Title};
use crate::error::Error;
use crate::store::Store;

/// Where the condition that the author's account is open stands among the writes of a post.
const OPEN: usize = 0;

/// That a member wrote a post.
#[derive(Serialize)]
struct Written {}

impl Store {
    /// Writes a new post. One of its id that is there already was written by a request before this one: then nothing is
    /// written, and it is given as it stands.
    ///
    /// # Errors
    /// [`Error::Closed`], [`Error::NotFound`] when it was there and is deleted by now, [`Error::Store`].
    pub async fn publish(&self, post: Post) -> Result<Post, Error> {
        let table = self.table();
        let new = table.transact_put(&post_key(&post.id), &post)?;
        let mut writes = vec![
            self.members().open_part(&post.author_id)?,
            table.part(new.condition_expression("attribute_not_exists(pk)").build())?,
            table.part(table.transact_put(&author_key(&post.author_id, &post.id), &Written {})?.build())?,
        ];
        let entry = Entry::of(&post);
        for key in entries(&post) {
            writes.push(table.part(table.transact_put(&key, &entry)?.build())?);
        }
        match table.transact(writes).await? {
            Ok(()) => Ok(post),
            Err(cancelled) if cancelled.failed_at(OPEN) => Err(Error::Closed),
            Err(_) => self.post(&post.id).await?.ok_or(Error::NotFound),
        }
    }

    /// Changes what a post of `author` says, where something new is given; gives it as it is then.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not there or another's, [`Error::Store`].
    pub async fn rewrite(
        &self,
        post: &str,
        author: &str,
        (title, body): (Option<&Title>, Option<&Body>),
        at: Timestamp,
    ) -> Result<Post, Error> {
        if title.is_none() && body.is_none() {
            let post = self.post(post).await?.filter(|post| post.author_id == author);
            return post.ok_or(Error::NotFound);
        }
        let mut update = self
            .table()
            .update(&post_key(post))
            .condition_expression("attribute_exists(pk) AND authorId = :author")
            .expression_attribute_values(":author", text(author))
            .expression_attribute_values(":at", self.table().attribute(&at)?);
        let mut changes = vec!["editedAt = :at"];
        if let Some(Title(title)) = title {
            changes.push("title = :title");
            update = update.expression_attribute_values(":title", text(title));
        }
        if let Some(Body(body)) = body {
            changes.push("body = :body");
            update = update.expression_attribute_values(":body", text(body));
        }
        let update = update.update_expression(format!("SET {}", changes.join(", ")));
        match self.table().update_if(update).await? {
            Outcome::Done(item) => Ok(self.table().decode(item)?),
            Outcome::Refused(_) => Err(Error::NotFound),
        }
    }

    /// Deletes a post and what belongs to it, together with `more`. Gives whether it was there. What others voted is
    /// theirs: their votes stay, and lead nowhere.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn withdraw(
        &self,
        post: &Post,
        more: Option<TransactWriteItem>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let table = self.table();
        let there = table.transact_delete(&post_key(&post.id));
        let mut writes = vec![
            table.part(there.condition_expression("attribute_exists(pk)").build())?,
            table.part(table.transact_delete(&author_key(&post.author_id, &post.id)).build())?,
        ];
        for key in entries(post) {
            writes.push(table.part(table.transact_delete(&key).build())?);
        }
        writes.extend(self.uncount_parts(&post.id, now)?);
        writes.extend(more);
        Ok(table.transact(writes).await?.is_ok())
    }
}

/// The keys of a post's entries, one in each level.
fn entries(post: &Post) -> impl Iterator<Item = Key> {
    Level::ALL.into_iter().map(|level| Key::new(cell_partition(Cell::of(level, post.place)), &post.id))
}
