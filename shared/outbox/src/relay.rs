//! The relay: sends what was committed but not sent.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, logs};
use maru_messages::{Address, Recipient};
use maru_store::{Key, StoreError, text};
use serde::Deserialize;

use crate::{Entry, Outbox, PARTITIONS, key, partition};

/// So old is a message that its sender will not send any more: twice the longest time-out of a function that
/// answers somebody.
const LEFT_AFTER: SignedDuration = SignedDuration::from_secs(60);

/// How many messages of each partition one look finds.
const LOOK: i32 = 25;

/// The outbox, as the relay sees it.
#[derive(Clone, Debug)]
pub struct Relay {
    outbox: Outbox,
    environment: Environment,
    /// Those that were sent to before, whose clients are ready.
    known: Arc<Mutex<HashMap<Address, Recipient>>>,
}

/// A message that was left in the outbox.
#[derive(Debug, Deserialize)]
pub struct Waiting {
    pk: String,
    sk: String,
    #[serde(flatten)]
    entry: Entry,
}

impl FromEnvironment for Relay {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let (environment, known) = (environment.clone(), Arc::default());
        Ok(Self { outbox: Outbox::from_environment(&environment)?, environment, known })
    }
}

impl Relay {
    /// The messages that are older than a minute at `now`, the oldest of each partition first, at most 800.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn waiting(&self, now: Timestamp) -> Result<Vec<Waiting>, StoreError> {
        let table = &self.outbox.table;
        let before = key(now.saturating_sub(LEFT_AFTER).unwrap_or(Timestamp::MIN)).sk;
        let mut found = Vec::new();
        for number in 0..PARTITIONS {
            let query = table
                .client()
                .query()
                .table_name(table.name())
                .key_condition_expression("pk = :pk AND sk < :before")
                .expression_attribute_values(":pk", text(partition(number)))
                .expression_attribute_values(":before", text(&before))
                .consistent_read(true)
                .limit(LOOK);
            found.extend(table.query_page::<Waiting>(query).await?);
        }
        Ok(found)
    }

    /// Sends one message and deletes its item; says whether it was sent. One that cannot be sent waits for
    /// another minute, behind the others, so that it does not stand in their way.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn forward(&self, waiting: Waiting) -> Result<bool, StoreError> {
        let Waiting { pk, sk, entry } = waiting;
        let (table, old) = (&self.outbox.table, Key::new(pk, sk));
        let Err(error) = self.recipient(&entry.address).deliver(&entry.letter).await else {
            table.delete(&old).await?;
            return Ok(true);
        };
        let failures = entry.failures.saturating_add(1);
        let error = logs::chain(&error);
        tracing::error!(kind = entry.letter.kind, failures, error, "a message cannot be sent");
        let moved = self.outbox.put(&key(table.clock().now()), &Entry { failures, ..entry })?;
        let gone = table.transact_delete(&old).condition_expression("attribute_exists(pk)").build();
        // Refused when it was sent and deleted after all.
        let _ = table.transact(vec![table.part(gone)?, moved]).await?;
        Ok(false)
    }

    fn recipient(&self, address: &Address) -> Recipient {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || Recipient::at(&self.environment, address);
        known.entry(address.clone()).or_insert_with(make).clone()
    }
}
