//! What became of a function's invocations.

use std::sync::{Mutex, PoisonError};

/// Counts of one function's invocations, since the stack started.
#[derive(Debug, Default)]
pub(crate) struct Counts(Mutex<Counted>);

/// A copy of the counts at one moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counted {
    /// Begun.
    pub(crate) invocations: u64,
    /// Failed as a whole, killed and timed out ones included.
    pub(crate) errors: u64,
    /// The latest error, with its causes.
    pub(crate) last_error: Option<String>,
}

impl Counts {
    pub(super) fn begin(&self) {
        self.change(|counted| counted.invocations += 1);
    }

    pub(super) fn failed(&self, error: String) {
        self.change(|counted| {
            counted.errors += 1;
            counted.last_error = Some(error);
        });
    }

    pub(crate) fn now(&self) -> Counted {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn change(&self, change: impl FnOnce(&mut Counted)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}
