//! Why a question stays without an answer, and what the job then says.

use maru_jobs::{Failure, LeaseError};
use maru_lambda::BoxError;
use maru_store::StoreError;

/// Why a question stays without an answer.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The model service has no capacity for us now.
    #[error("the model service is throttling")]
    Throttled(#[source] BoxError),
    /// No whole answer came in time. What it cost is not known.
    #[error("the model did not answer in time")]
    TimedOut(#[source] BoxError),
    /// The model service failed, or broke off its answer.
    #[error("the model service failed")]
    Unavailable(#[source] BoxError),
    /// The model answered outside the schema, and again when it was told so.
    #[error("the model answered outside the schema twice: {0}")]
    OutsideSchema(String),
    /// The user's tokens of the day are used up, or those of the guests' share that the job is paid from.
    #[error("the daily budget of {limit} tokens is used up")]
    BudgetExceeded {
        /// Tokens of the user, or of the share, per day.
        limit: u64,
    },
    /// Another worker has the job.
    #[error(transparent)]
    Lease(#[from] LeaseError),
    /// The ledger could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl AskError {
    /// What a job that fails by this tells its owner; none if the job should rather be tried again.
    #[must_use]
    pub fn failure(&self) -> Option<Failure> {
        let (code, detail) = match self {
            Self::Throttled(_) => ("model_throttled", "The model is busy. Try again in a few minutes."),
            Self::TimedOut(_) => ("model_timed_out", "The model did not answer in time. Try again."),
            Self::Unavailable(_) => {
                ("model_unavailable", "The model does not answer at present. Try again later.")
            }
            Self::OutsideSchema(_) => {
                ("model_answer_invalid", "The model gave an answer that could not be used, twice. Try again.")
            }
            Self::BudgetExceeded { .. } => {
                ("model_budget_exceeded", "Your AI budget of today is used up. It is new tomorrow.")
            }
            Self::Lease(_) | Self::Store(_) => return None,
        };
        Some(Failure { code: code.to_owned(), detail: detail.to_owned() })
    }
}
