//! Messages as they are stored, and reading them.

use std::ops::RangeInclusive;

use chat_rules::frames::{self, Status};
use chat_rules::posting::Head;
use jiff::Timestamp;
use maru_store::{Key, StoreError, text};
use serde::{Deserialize, Serialize};

use super::keys::{PARTS, messages_partition, participants_part_key, sort_key};
use super::members::name_in;
use crate::store::{Store, room_key};

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Its place.
    pub sequence: u64,
    /// Who said it; none when they have left Maru.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author_id: Option<String>,
    /// What they were called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nickname: Option<String>,
    /// Their own name of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// What was said.
    pub text: String,
    /// When.
    pub sent_at: Timestamp,
}

/// What of a room decides about what is said in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoomHead {
    /// The sequence of its last message.
    #[serde(default)]
    sequence: u64,
    /// When it was closed.
    #[serde(default)]
    closed_at: Option<Timestamp>,
}

#[derive(Deserialize)]
struct Part {
    participants: i64,
}

impl RoomHead {
    /// For the rules.
    #[must_use]
    pub fn head(&self) -> Head {
        Head { sequence: self.sequence, open: self.closed_at.is_none() }
    }

    /// For clients.
    #[must_use]
    pub fn status(&self) -> Status {
        if self.closed_at.is_none() { Status::Open } else { Status::Closed }
    }
}

impl Message {
    /// As whoever is in `room` sees it.
    #[must_use]
    pub fn view(self, room: &str) -> frames::Message {
        let nickname = self.nickname;
        let author = |id: String| frames::Author { id: name_in(room, &id), nickname };
        frames::Message {
            sequence: self.sequence,
            author: self.author_id.map(author),
            text: self.text,
            sent_at: self.sent_at,
        }
    }
}

impl Store {
    /// What decides about a room, as every write before this call left it; none if there is no such room.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn head(&self, room: &str) -> Result<Option<RoomHead>, StoreError> {
        self.table().get(&room_key(room), true).await
    }

    /// How many members are in a room.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn participants(&self, room: &str) -> Result<u64, StoreError> {
        let keys: Vec<Key> = (0..PARTS).map(|part| participants_part_key(room, part)).collect();
        let parts: Vec<Part> = self.table().get_all(keys, true).await?;
        Ok(u64::try_from(parts.iter().map(|part| part.participants).sum::<i64>()).unwrap_or(0))
    }

    /// The messages of a range of at most a hundred, in their order: one query.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn messages(&self, room: &str, range: RangeInclusive<u64>) -> Result<Vec<Message>, StoreError> {
        if range.is_empty() {
            return Ok(Vec::new());
        }
        let query = self
            .table()
            .query(&messages_partition(room))
            .key_condition_expression("pk = :pk AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":first", text(sort_key(*range.start())))
            .expression_attribute_values(":last", text(sort_key(*range.end())))
            .consistent_read(true);
        self.table().query_page(query).await
    }

    /// The last `limit` messages of a room before the one of the sequence `before`, in their order: one query.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn newest(
        &self,
        room: &str,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<Message>, StoreError> {
        let query = self.table().query(&messages_partition(room));
        let query = match before {
            None => query,
            Some(before) => query
                .key_condition_expression("pk = :pk AND sk < :before")
                .expression_attribute_values(":before", text(sort_key(before))),
        };
        let limit = i32::try_from(limit).unwrap_or(i32::MAX);
        let query = query.scan_index_forward(false).limit(limit).consistent_read(true);
        let mut messages: Vec<Message> = self.table().query_page(query).await?;
        messages.reverse();
        Ok(messages)
    }
}
