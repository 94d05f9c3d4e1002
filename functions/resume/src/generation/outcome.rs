//! How a step ends: with what it was for, or with a failure that its repository keeps.

use maru_jobs::Failure;
use maru_model::AskError;
use serde::{Deserialize, Serialize};

use crate::stopped::Stopped;

/// What a step gave, as it is stored: a repository that failed is not tried again by the next worker.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Outcome<T> {
    /// What the step was for.
    Done(T),
    /// Why the repository cannot be used.
    Failed(Failure),
}

impl<T> Outcome<T> {
    /// What came of asking the model: a failure of the model's is the repository's; one of the lease or the
    /// database is for another worker to do better.
    pub(super) fn of(answered: Result<T, AskError>) -> Result<Self, Stopped> {
        match answered.map_err(Stopped::from) {
            Ok(value) => Ok(Self::Done(value)),
            Err(Stopped::Failed(failure)) => Ok(Self::Failed(failure)),
            Err(interrupted) => Err(interrupted),
        }
    }
}
