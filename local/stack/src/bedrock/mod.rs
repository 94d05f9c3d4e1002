//! A local stand-in for Amazon Bedrock Runtime: Converse and `ConverseStream`, spoken to by the unmodified AWS SDK.
//!
//! It owns the wire (JSON, event-stream frames, errors), the log of calls and the faults on demand. What answers
//! is the *offline model*, which only copies out sentences of the given text (`offline`), any OpenAI-compatible
//! server (`forward`), or the real service itself (`amazon`). Its own answers know no guardrails and no caching;
//! callers' signatures are not checked, and every operation but these two is left out.

mod amazon;
mod by_model;
mod calls;
mod exchange;
mod faults;
mod forward;
mod model;
mod offline;
mod serve;
mod tokens;
mod wire;

#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Duration};

use axum::{Router, extract::State};
use jiff::Timestamp;

pub use self::{
    amazon::{AmazonBedrock, AmazonError},
    calls::{Call, Outcome},
    faults::FaultKind,
    forward::Upstream,
    serve::handle,
};
use self::{calls::CallLog, faults::Faults, model::Model};

/// Gives the time that calls are entered with.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How long the stand-in takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The offline model's time for one answer. The pieces of a stream are spread evenly over it; the last one comes
    /// at its end, when an answer that is no stream comes too.
    pub answer: Duration,
    /// How long a call that suffers [`FaultKind::Timeout`] hangs before it ends with `ModelTimeoutException`.
    pub hang_at_most: Duration,
}

impl Default for Pace {
    /// No delays; a hanging call hangs for two minutes.
    fn default() -> Self {
        Self { answer: Duration::ZERO, hang_at_most: Duration::from_secs(120) }
    }
}

/// Who answers.
enum Source {
    Model(Model),
    Service(AmazonBedrock),
}

/// The state of one endpoint: who answers, its log and the faults that are still to happen.
pub struct Bedrock {
    clock: Clock,
    pace: Pace,
    source: Source,
    calls: CallLog,
    faults: Faults,
}

impl Bedrock {
    /// An endpoint that answers with the offline model.
    pub fn offline(clock: Clock, pace: Pace) -> Self {
        Self::new(clock, pace, Source::Model(Model::Offline(pace)))
    }

    /// An endpoint that forwards to an OpenAI-compatible server. Of `pace`, only `hang_at_most` applies: how
    /// long an answer takes is for the server to say.
    pub fn forwarding(clock: Clock, pace: Pace, upstream: Upstream) -> Self {
        Self::new(clock, pace, Source::Model(Model::Forward(upstream)))
    }

    /// An endpoint that passes calls on to the real service. Of `pace`, only `hang_at_most` applies.
    pub fn amazon(clock: Clock, pace: Pace, service: AmazonBedrock) -> Self {
        Self::new(clock, pace, Source::Service(service))
    }

    fn new(clock: Clock, pace: Pace, source: Source) -> Self {
        Self { clock, pace, source, calls: CallLog::default(), faults: Faults::default() }
    }

    /// The calls received so far, oldest first; of very many, the newest 10,000.
    pub fn calls(&self) -> Vec<Call> {
        self.calls.all()
    }

    /// Lets the next `times` calls suffer `kind`, after the faults that were asked for before.
    pub fn push_fault(&self, kind: FaultKind, times: u32) {
        self.push_fault_for(kind, times, "");
    }

    /// As [`Self::push_fault`], for calls whose purpose (`requestMetadata.purpose`) contains `purpose`.
    pub fn push_fault_for(&self, kind: FaultKind, times: u32, purpose: &str) {
        self.faults.push(kind, times, purpose);
    }

    /// Forgets the faults that have not happened yet.
    pub fn clear_faults(&self) {
        self.faults.clear();
    }
}

/// The endpoint as a router of its own; another router dispatches paths under `/model/` to [`handle`].
pub fn router(state: Arc<Bedrock>) -> Router {
    Router::new()
        .fallback(|State(bedrock): State<Arc<Bedrock>>, request| handle(bedrock, request))
        .with_state(state)
}
