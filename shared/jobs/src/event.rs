//! A job's log: an append-only sequence of events that can be read from any point.

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use maru_store::{Key, StoreError, Table, integer, text};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Jobs;

/// What an event of the log tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// How far the job is: a `Progress`.
    Progress,
    /// A piece of text, to be put behind the pieces before it.
    Delta,
    /// A finished part.
    Item,
    /// The job ended, at least partly well. Always the last event.
    Done,
    /// A part failed; or, as the last event, the job did.
    Error,
}

impl EventKind {
    /// As in the `event:` line of the stream.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Progress => "progress",
            Self::Delta => "delta",
            Self::Item => "item",
            Self::Done => "done",
            Self::Error => "error",
        }
    }
}

/// An event that has no place in the log yet.
#[derive(Clone, Debug, PartialEq)]
pub struct NewEvent {
    /// What it tells.
    pub kind: EventKind,
    /// The rest of it.
    pub data: Value,
}

impl NewEvent {
    /// An event of this kind.
    #[must_use]
    pub const fn new(kind: EventKind, data: Value) -> Self {
        Self { kind, data }
    }
}

/// An event in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LogEvent {
    /// Its number: 1, 2, 3, … without gaps.
    pub sequence: u64,
    /// What it tells.
    pub kind: EventKind,
    /// The rest of it, JSON on one line.
    pub data: String,
    /// When it was appended.
    pub at: Timestamp,
}

impl LogEvent {
    /// Whether the job ended with this event: nothing comes behind it.
    #[must_use]
    pub fn is_last(&self) -> bool {
        // A part that failed has no status.
        let failed = |data: &Value| data["status"] == "failed";
        match self.kind {
            EventKind::Done => true,
            EventKind::Error => serde_json::from_str(&self.data).is_ok_and(|data| failed(&data)),
            _ => false,
        }
    }
}

/// How many events one read gives at most.
const READ: i32 = 200;

impl Jobs {
    /// The events after number `after`, in order, at most 200; empty if there are none yet.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn events(&self, id: &str, after: u64) -> Result<Vec<LogEvent>, StoreError> {
        let query = self
            .table
            .client()
            .query()
            .table_name(self.table.name())
            .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :to")
            .expression_attribute_values(":pk", text(format!("JOB#{id}")))
            .expression_attribute_values(":from", text(sort_key(after.saturating_add(1))))
            .expression_attribute_values(":to", text(sort_key(u64::MAX)))
            .consistent_read(true)
            .limit(READ);
        self.table.query_page(query).await
    }
}

pub(crate) fn put(table: &Table, id: &str, event: &LogEvent) -> Result<TransactWriteItem, StoreError> {
    let key = Key::new(format!("JOB#{id}"), sort_key(event.sequence));
    let expires = integer(event.at.as_second() + crate::start::KEPT);
    let put = table.transact_put(&key, event)?.item("expiresAt", expires);
    table.part(put.condition_expression("attribute_not_exists(pk)").build())
}

/// Zero-padded, so that the order of the keys is the order of the numbers.
fn sort_key(sequence: u64) -> String {
    format!("EVENT#{sequence:020}")
}
