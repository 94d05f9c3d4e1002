//! Faults on demand: what the next calls shall suffer.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};

/// A way for a model call to go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// `ThrottlingException` (429) at once.
    Throttle,
    /// No answer until the client gives up, at most [`super::Pace::hang_at_most`]; then `ModelTimeoutException`.
    Timeout,
    /// `InternalServerException` (500) at once.
    Error,
    /// A whole, well-formed answer that breaks the forced tool's schema.
    Garbage,
    /// The work is done and counted, then the connection is dropped.
    LostAnswer,
    /// A stream that breaks off with `modelStreamErrorException` after a few pieces; for Converse, which has no
    /// stream, `ModelErrorException` (424).
    StreamError,
}

#[derive(Debug)]
struct Fault {
    kind: FaultKind,
    left: u32,
    /// Only calls whose purpose contains this; the empty string is in every purpose.
    purpose: String,
}

/// The faults that are still to happen, in the order they were asked for.
#[derive(Debug, Default)]
pub(super) struct Faults(Mutex<VecDeque<Fault>>);

impl Faults {
    /// Lets the next `times` calls whose purpose contains `purpose` suffer `kind`.
    pub(super) fn push(&self, kind: FaultKind, times: u32, purpose: &str) {
        if times > 0 {
            self.lock().push_back(Fault { kind, left: times, purpose: purpose.to_owned() });
        }
    }

    /// Forgets all that are still to happen.
    pub(super) fn clear(&self) {
        self.lock().clear();
    }

    /// Takes the first fault that is meant for a call of this purpose.
    pub(super) fn take(&self, purpose: &str) -> Option<FaultKind> {
        let mut faults = self.lock();
        let place = faults.iter().position(|fault| purpose.contains(&fault.purpose))?;
        let fault = faults.get_mut(place)?;
        let kind = fault.kind;
        fault.left -= 1;
        if fault.left == 0 {
            faults.remove(place);
        }
        Some(kind)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Fault>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_happens_as_often_as_asked_and_in_order() {
        let faults = Faults::default();
        faults.push(FaultKind::Throttle, 2, "");
        faults.push(FaultKind::Garbage, 1, "");
        faults.push(FaultKind::Error, 0, "");
        let taken: Vec<_> = std::iter::from_fn(|| faults.take("any")).collect();
        assert_eq!(taken, [FaultKind::Throttle, FaultKind::Throttle, FaultKind::Garbage]);
    }

    #[test]
    fn a_purpose_picks_the_calls_it_is_meant_for() {
        let faults = Faults::default();
        faults.push(FaultKind::Throttle, 1, "report");
        assert_eq!(faults.take("interview.generate"), None);
        assert_eq!(faults.take("consulting.report/qna"), Some(FaultKind::Throttle));
        assert_eq!(faults.take("consulting.report/qna"), None);
    }

    #[test]
    fn cleared_faults_do_not_happen() {
        let faults = Faults::default();
        faults.push(FaultKind::Timeout, 5, "");
        faults.clear();
        assert_eq!(faults.take(""), None);
    }
}
