//! How much a member can send.

use std::time::Duration;

use jiff::Timestamp;
use maru_store::{Limit, LimitError};

use crate::store::Store;

/// Messages.
const MESSAGES: Limit = Limit { name: "chat-messages", per: Duration::from_secs(10), most: 20 };

/// Everything else that is asked for.
const FRAMES: Limit = Limit { name: "chat-frames", per: Duration::from_secs(10), most: 60 };

impl Store {
    /// Takes one of the messages that `member` may send: 20 in ten seconds.
    ///
    /// # Errors
    /// [`LimitError`].
    pub async fn allow_message(&self, member: &str, now: Timestamp) -> Result<(), LimitError> {
        self.table().take(&MESSAGES, member, now).await.map(drop)
    }

    /// Takes one of the other frames that `member` may send: 60 in ten seconds.
    ///
    /// # Errors
    /// [`LimitError`].
    pub async fn allow_frame(&self, member: &str, now: Timestamp) -> Result<(), LimitError> {
        self.table().take(&FRAMES, member, now).await.map(drop)
    }
}

/// The partitions in which the numbers of a member's frames are kept.
pub fn limit_partitions(member: &str) -> impl Iterator<Item = String> {
    [MESSAGES, FRAMES].into_iter().map(move |limit| format!("LIMIT#{}#{member}", limit.name))
}
