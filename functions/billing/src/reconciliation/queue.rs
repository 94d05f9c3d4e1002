//! Messages about what has to be held against KakaoPay's books, for `on_reconciliation_due`.

use jiff::{Timestamp, civil::Date};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, new_id};
use maru_messages::{Envelope, Queue, SendError};
use serde::{Deserialize, Serialize};

/// The type of the messages.
const RECONCILIATION_DUE: &str = "billing.reconciliation_due";

/// How much one message asks for: each takes KakaoPay up to ten seconds when it does not answer.
const CHUNK: usize = 10;

/// What has to be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReconciliationDue {
    /// The day in whose ledger the entries stand, and on which the orders were begun.
    pub day: Date,
    /// At most [`CHUNK`].
    pub checks: Vec<Check>,
}

/// One thing to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The entries of this order in the day's ledger.
    Booked(String),
    /// This order, which we have as unpaid.
    Unpaid(String),
    /// The charge of this member, of which nobody knows whether it moved money.
    Unknown(String),
}

/// The queue of what has to be looked at.
#[derive(Clone, Debug)]
pub struct ReconciliationQueue(Queue);

impl FromEnvironment for ReconciliationQueue {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self(Queue::open(environment, "RECONCILIATION_QUEUE_URL")?))
    }
}

impl ReconciliationQueue {
    /// Sends `checks`, a few in each message.
    ///
    /// # Errors
    /// [`SendError`]: some may have been sent.
    pub async fn send(&self, day: Date, checks: &[Check], now: Timestamp) -> Result<(), SendError> {
        let message = |checks: &[Check]| {
            let data = ReconciliationDue { day, checks: checks.to_vec() };
            Envelope::new(new_id("rec", now), RECONCILIATION_DUE, now, data)
        };
        let messages: Vec<_> = checks.chunks(CHUNK).map(message).collect();
        self.0.send_all(&messages).await
    }
}
