//! What hangs on a resume that will never be public again.
//!
//! Its comments can be reached by nobody any more, so they are deleted. Its counts stay, because likes of it do:
//! each belongs to the member who likes.

use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_store::StoreError;
use serde::Deserialize;

use crate::error::Error;
use crate::follow_up::FollowUp;
use crate::lists::News;
use crate::store::{Store, comments_partition, owner_key};

/// How many comments are read at a time.
const BATCH: i32 = 100;

/// Clears away what hangs on resumes.
#[derive(Clone, Debug)]
pub struct Remains {
    store: Store,
    follow_up: FollowUp,
}

#[derive(Deserialize)]
struct CommentId {
    sk: String,
}

impl FromEnvironment for Remains {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let store = Store::from_environment(environment)?;
        Ok(Self { store, follow_up: FollowUp::from_environment(environment)? })
    }
}

impl Remains {
    /// Clears away what hangs on a resume of `owner` that was deleted.
    ///
    /// # Errors
    /// [`Error`]: begin again, what is done stays done.
    pub async fn clear_deleted(&self, resume: &str, owner: &str) -> Result<(), Error> {
        self.clear(resume).await?;
        Ok(self.store.table().delete(&owner_key(owner, resume)).await?)
    }

    /// Takes a resume that is not public out of the lists and deletes its comments.
    ///
    /// # Errors
    /// [`Error`]: begin again, what is done stays done.
    pub async fn clear(&self, resume: &str) -> Result<(), Error> {
        self.follow_up.follow_up(resume, News::Activity).await?;
        loop {
            let comments = self.comments(resume).await?;
            if comments.is_empty() {
                return Ok(());
            }
            for CommentId { sk: comment } in comments {
                if let Some(place) = self.store.place(&comment).await? {
                    self.store.delete(&comment, &place, None).await?;
                }
            }
        }
    }

    async fn comments(&self, resume: &str) -> Result<Vec<CommentId>, StoreError> {
        let query = self.store.table().query(&comments_partition(resume)).projection_expression("sk");
        self.store.table().query_page(query.consistent_read(true).limit(BATCH)).await
    }
}
