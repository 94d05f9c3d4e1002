//! A state change and the message about it, written together: neither is ever there without the other.
//!
//! [`Outbox::post`] makes the message's item. It goes into the transaction of the state change; once that is
//! committed, [`Outbox::send`] sends the message and deletes the item. A function that dies in between, or a
//! bus that does not answer, leaves the item behind: `cron_relay_messages` sends what is older than a minute.
//! So a message may be sent twice, and its consumers are idempotent by the envelope's id.
//!
//! ```no_run
//! # async fn handle(outbox: maru_outbox::Outbox, bus: maru_messages::Bus, table: maru_store::Table,
//! #     change: aws_sdk_dynamodb::types::TransactWriteItem, event: maru_messages::Envelope<String>)
//! #     -> Result<(), maru_lambda::Problem> {
//! let posted = outbox.post(&bus, &event)?;
//! if table.transact(vec![change, posted.part()]).await?.is_ok() {
//!     outbox.send(posted).await;
//! }
//! # Ok(()) }
//! ```
//!
//! The outbox is one table for all domains. It needs `dynamodb:PutItem` and `dynamodb:DeleteItem` there, next
//! to what sending itself needs. An item is there for the moment between commit and sending only:
//!
//! | access | key |
//! |---|---|
//! | a message, written and deleted | `pk = OUTBOX#<0–31>, sk = msg_<ULID>` |
//! | what waits longer than a minute | the first of each of the 32 partitions, by `sk`, which begins with the time |
#![warn(missing_docs)]

mod relay;

pub use relay::{Relay, Waiting};

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, logs, new_id};
use maru_messages::{Address, Envelope, Letter, Recipient, SendError};
use maru_store::{Key, StoreError, Table};
use serde::{Deserialize, Serialize};

/// Over how many partitions the items are spread: one takes a thousand writes a second.
const PARTITIONS: u8 = 32;

/// The table `OUTBOX_TABLE`.
#[derive(Clone, Debug)]
pub struct Outbox {
    table: Table,
}

/// A message that waits in the outbox, or will when its [`part`](Posted::part) is committed.
#[derive(Clone, Debug)]
#[must_use = "a message is there only if its part is in the transaction"]
pub struct Posted {
    key: Key,
    recipient: Recipient,
    letter: Letter,
    part: TransactWriteItem,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    address: Address,
    #[serde(flatten)]
    letter: Letter,
    /// How often the relay tried in vain.
    failures: u32,
}

impl FromEnvironment for Outbox {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self { table: Table::open(environment, "OUTBOX_TABLE")? })
    }
}

impl Outbox {
    /// Makes the item of a message to the bus or a queue (`&Bus`, `&Queue`). Nothing is written yet.
    ///
    /// # Errors
    /// [`SendError`] when the message cannot be written as JSON.
    pub fn post<T: Serialize>(
        &self,
        to: impl Into<Recipient>,
        message: &Envelope<T>,
    ) -> Result<Posted, SendError> {
        let (recipient, letter) = (to.into(), Letter::of(message)?);
        let key = key(self.table.clock().now());
        let entry = Entry { address: recipient.address(), letter, failures: 0 };
        let part = self.put(&key, &entry).map_err(|error| SendError::new("the outbox", error))?;
        Ok(Posted { key, recipient, letter: entry.letter, part })
    }

    /// Sends a message whose item is committed, and deletes the item. What fails is logged and left to the
    /// relay: the caller's work is done.
    pub async fn send(&self, posted: Posted) {
        let Posted { key, recipient, letter, .. } = posted;
        if let Err(error) = recipient.deliver(&letter).await {
            tracing::warn!(kind = letter.kind, error = logs::chain(&error), "left to the relay");
            return;
        }
        if let Err(error) = self.table.delete(&key).await {
            tracing::warn!(kind = letter.kind, error = logs::chain(&error), "will be sent again");
        }
    }

    fn put(&self, key: &Key, entry: &Entry) -> Result<TransactWriteItem, StoreError> {
        let put = self.table.transact_put(key, entry)?;
        self.table.part(put.condition_expression("attribute_not_exists(pk)").build())
    }
}

impl Posted {
    /// The write that puts the message into the outbox: for the transaction of the state change.
    #[must_use]
    pub fn part(&self) -> TransactWriteItem {
        self.part.clone()
    }
}

/// A new key: its partition at random, its order by `now`.
fn key(now: Timestamp) -> Key {
    let id = new_id("msg", now);
    let sum = id.bytes().fold(0u8, u8::wrapping_add);
    Key::new(partition(sum % PARTITIONS), id)
}

fn partition(number: u8) -> String {
    format!("OUTBOX#{number}")
}
