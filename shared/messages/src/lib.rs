//! What domains tell each other: events on the bus, and messages in queues.
//!
//! Both carry the same envelope `{id, type, version, occurredAt, traceparent, data}`; a consumer reads it as
//! [`maru_lambda::Event`]. The trace of the invocation that sends goes along by itself.
#![warn(missing_docs)]

mod bus;
mod queue;
mod recipient;

pub use bus::Bus;
pub use queue::Queue;
pub use recipient::{Address, Letter, Recipient};

use jiff::Timestamp;
use maru_lambda::{BoxError, Invocation};
use serde::Serialize;

/// Something that happened, or that is to be done, on its way out.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Envelope<T> {
    /// Names it for ever. Derive it from what happened (a run's id, a job's id and epoch), so that sending it
    /// again after a crash sends the same.
    pub id: String,
    /// `<domain>.<past tense>`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The version of `data`'s shape.
    pub version: u32,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// The W3C trace context of the invocation that sends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traceparent: Option<String>,
    /// What happened.
    pub data: T,
}

impl<T: Serialize> Envelope<T> {
    /// Version 1 of an event of type `kind`.
    pub fn new(id: impl Into<String>, kind: &'static str, occurred_at: Timestamp, data: T) -> Self {
        let traceparent = Invocation::current().map(|invocation| invocation.traceparent);
        Self { id: id.into(), kind, version: 1, occurred_at, traceparent, data }
    }

    fn to_json(&self) -> Result<String, SendError> {
        serde_json::to_string(self).map_err(|source| SendError::new(self.kind, source))
    }
}

/// A message that may not have been sent. Send it again: consumers are idempotent by its id.
#[derive(Debug, thiserror::Error)]
#[error("a message to {to} may not have been sent")]
pub struct SendError {
    to: String,
    #[source]
    source: BoxError,
}

impl SendError {
    /// A message to `to` that may not have been sent, and why.
    pub fn new(to: impl Into<String>, source: impl Into<BoxError>) -> Self {
        Self { to: to.into(), source: source.into() }
    }
}

impl From<SendError> for maru_lambda::Problem {
    fn from(error: SendError) -> Self {
        Self::unavailable(error)
    }
}
