//! The log of every call that the endpoint received, whatever became of it.
//!
//! It is what a test compares Maru's own ledger with: a call that is here and not there was lost, one that is
//! there and not here was never sent.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use serde::Serialize;

use super::wire::answer::Usage;

/// Calls that are remembered; older ones are forgotten, so that a load test cannot fill the memory.
const REMEMBERED: usize = 10_000;

/// One call that the endpoint received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Call {
    /// When it was received, by the injected clock.
    pub at: Timestamp,
    /// The model that was asked for, decoded from the path.
    pub model_id: String,
    /// `requestMetadata.purpose`, else the empty string.
    pub purpose: String,
    /// Tokens read: the model's own count, or the offline model's estimate; 0 if no model was reached.
    pub input_tokens: u64,
    /// Tokens written, counted like `input_tokens`.
    pub output_tokens: u64,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Still at work.
    Pending,
    /// Answered to the end.
    Answered,
    /// Answered outside the asked schema, on demand.
    Garbage,
    /// Answered, but the answer was dropped with the connection, on demand.
    LostAnswer,
    /// Refused as invalid; no model was reached.
    Invalid,
    /// Refused with `ThrottlingException`.
    Throttled,
    /// Ended with `ModelTimeoutException`.
    TimedOut,
    /// Ended with any other error.
    Failed,
    /// Broke off with an error inside the stream.
    StreamFailed,
    /// The client went away before the end.
    Abandoned,
}

#[derive(Debug, Default)]
struct Remembered {
    calls: VecDeque<Call>,
    /// How many older calls were forgotten: the number of the first in `calls`.
    forgotten: usize,
}

/// The log; clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct CallLog(Arc<Mutex<Remembered>>);

impl CallLog {
    /// Enters a call as pending.
    pub(super) fn open(&self, at: Timestamp, model_id: String, purpose: String) -> OpenCall {
        let mut log = self.lock();
        if log.calls.len() == REMEMBERED {
            log.calls.pop_front();
            log.forgotten += 1;
        }
        log.calls.push_back(Call {
            at,
            model_id,
            purpose,
            input_tokens: 0,
            output_tokens: 0,
            outcome: Outcome::Pending,
        });
        let number = log.forgotten + log.calls.len() - 1;
        OpenCall { log: self.clone(), number, usage: Usage::default(), settled: false }
    }

    /// The remembered calls, oldest first.
    pub(super) fn all(&self) -> Vec<Call> {
        self.lock().calls.iter().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, Remembered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn settle(&self, number: usize, usage: Usage, outcome: Outcome) {
        let mut log = self.lock();
        let place = number.checked_sub(log.forgotten);
        if let Some(call) = place.and_then(|place| log.calls.get_mut(place)) {
            call.input_tokens = usage.input;
            call.output_tokens = usage.output;
            call.outcome = outcome;
        }
    }
}

/// A call at work. Dropped unsettled (its client hung up, so the server dropped the work) it is abandoned.
#[derive(Debug)]
pub(super) struct OpenCall {
    log: CallLog,
    number: usize,
    usage: Usage,
    settled: bool,
}

impl OpenCall {
    /// The call's request id, in the form of the service's (a UUID); counted, so that runs can be compared.
    pub(super) fn request_id(&self) -> String {
        format!("00000000-0000-4000-8000-{:012x}", self.number)
    }

    /// Notes what the model has spent, also for a call that is then abandoned.
    pub(super) fn spend(&mut self, usage: Usage) {
        self.usage = usage;
    }

    /// Notes what became of the call; only the first settlement counts.
    pub(super) fn settle(&mut self, outcome: Outcome) {
        if !std::mem::replace(&mut self.settled, true) {
            self.log.settle(self.number, self.usage, outcome);
        }
    }
}

impl Drop for OpenCall {
    fn drop(&mut self) {
        self.settle(Outcome::Abandoned);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(log: &CallLog, purpose: &str) -> OpenCall {
        log.open(Timestamp::UNIX_EPOCH, "m".into(), purpose.into())
    }

    #[test]
    fn a_call_is_pending_until_settled_and_settles_once() {
        let log = CallLog::default();
        let mut call = open(&log, "a");
        assert_eq!(log.all()[0].outcome, Outcome::Pending);
        call.spend(Usage { input: 3, output: 4 });
        call.settle(Outcome::Answered);
        call.settle(Outcome::Failed);
        drop(call);
        assert_eq!((log.all()[0].output_tokens, log.all()[0].outcome), (4, Outcome::Answered));
    }

    #[test]
    fn a_call_dropped_at_work_is_abandoned() {
        let log = CallLog::default();
        drop(open(&log, "a"));
        assert_eq!(log.all()[0].outcome, Outcome::Abandoned);
    }

    #[test]
    fn old_calls_are_forgotten_without_mixing_up_the_others() {
        let log = CallLog::default();
        let mut first = open(&log, "first");
        let mut second = open(&log, "second");
        for _ in 1..REMEMBERED {
            open(&log, "filler");
        }
        first.settle(Outcome::Answered);
        second.settle(Outcome::Throttled);
        let calls = log.all();
        assert_eq!(calls.len(), REMEMBERED);
        assert_eq!((calls[0].purpose.as_str(), calls[0].outcome), ("second", Outcome::Throttled));
    }

    #[test]
    fn the_log_reads_in_the_form_of_the_control_endpoint() {
        let log = CallLog::default();
        open(&log, "consulting.report").settle(Outcome::LostAnswer);
        assert_eq!(
            serde_json::to_value(log.all()).unwrap(),
            serde_json::json!([{ "at": "1970-01-01T00:00:00Z", "modelId": "m", "purpose": "consulting.report",
                "inputTokens": 0, "outputTokens": 0, "outcome": "lost_answer" }])
        );
    }
}
