//! Posts: short notes at a place, found by whoever is near, and voted on.
//!
//! A post is five items in one transaction: itself; an entry in its cell of each level, by which [`near`] finds it; and
//! that its author wrote it. Its place never changes, so that neither do its cells. Votes are counted beside it, see
//! [`votes`].

mod counts;
mod erase;
mod keys;
mod near;
mod reading;
mod text;
mod votes;
mod write;

pub use near::Near;
pub use reading::PostView;
pub use text::{Body, Title};
pub use votes::VoteView;

use community_rules::place::Place;
use jiff::Timestamp;
use maru_store::StoreError;
use serde::{Deserialize, Serialize};

use crate::store::Store;
use keys::post_key;

/// A post as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Post {
    /// Names it, `pst_…`; later posts sort behind earlier ones.
    pub id: String,
    /// Who wrote it.
    pub author_id: String,
    /// 1 to 20 characters.
    pub title: String,
    /// 1 to 150 characters.
    pub body: String,
    /// Where it is.
    pub place: Place,
    /// When it was written.
    pub created_at: Timestamp,
    /// When its author last changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Timestamp>,
}

impl Store {
    /// A post.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn post(&self, id: &str) -> Result<Option<Post>, StoreError> {
        self.table().get(&post_key(id), true).await
    }
}
