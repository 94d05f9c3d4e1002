//! Comments: what members say about a resume.
//!
//! A comment is three items in one transaction with its count: itself, among those of the resume; where it is,
//! by its id; and that its author wrote it, by which it is found when the author leaves.

mod text;
mod write;

pub use text::{Content, allow, limit_partitions};

use jiff::Timestamp;
use maru_lambda::Problem;
use maru_store::{ListQuery, Page, Scope, StoreError};
use serde::{Deserialize, Serialize};

use crate::readers::Person;
use crate::store::{Store, comment_key, comments_partition, place_key};
use maru_members::Member;

/// A comment as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Comment {
    /// Names it, `cmt_…`; later comments sort behind earlier ones.
    pub id: String,
    /// The resume.
    pub resume_id: String,
    /// Who wrote it.
    pub author_id: String,
    /// What it says.
    pub content: String,
    /// When it was written.
    pub created_at: Timestamp,
    /// When its author last changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Timestamp>,
}

/// Where a comment is, and who may do something about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// The resume.
    pub resume_id: String,
    /// Who wrote it.
    pub author_id: String,
    /// Whose resume it is.
    pub owner_id: String,
}

/// A comment as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CommentView {
    id: String,
    author: Person,
    /// Whether the caller wrote it.
    mine: bool,
    content: String,
    created_at: Timestamp,
    edited_at: Option<Timestamp>,
}

impl CommentView {
    /// The comment of `author` as `caller` sees it.
    #[must_use]
    pub fn new(comment: Comment, author: &Member, caller: Option<&str>) -> Self {
        Self {
            mine: caller == Some(comment.author_id.as_str()),
            id: comment.id,
            author: Person { nickname: author.nickname.clone() },
            content: comment.content,
            created_at: comment.created_at,
            edited_at: comment.edited_at,
        }
    }
}

impl Store {
    /// The comments of a resume, the newest first. `caller` is whom the cursor is for.
    ///
    /// # Errors
    /// 400 `invalid_cursor`, or the database's as a problem.
    pub async fn comments(
        &self,
        resume: &str,
        list: &ListQuery,
        caller: Option<&str>,
    ) -> Result<Page<Comment>, Problem> {
        let partition = comments_partition(resume);
        let scope = Scope::new("list_comments", "", caller.unwrap_or_default(), &partition);
        let query = self.table().query(&partition).scan_index_forward(false).consistent_read(true);
        self.table().page(query, list, &scope).await
    }

    /// A comment on a resume.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn comment(&self, resume: &str, comment: &str) -> Result<Option<Comment>, StoreError> {
        self.table().get(&comment_key(resume, comment), true).await
    }

    /// Where a comment is.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn place(&self, comment: &str) -> Result<Option<Place>, StoreError> {
        self.table().get(&place_key(comment), true).await
    }
}
