//! Why the work on a job stopped before its end, and what becomes of the job and its credit.

use jiff::civil::Date;
use maru_credits::CreditStore;
use maru_jobs::{Failure, Lease, LeaseError};
use maru_model::AskError;

use crate::error::Error;

/// Why the work on a job stopped.
#[derive(Debug)]
pub enum Stopped {
    /// There is nothing to be done about it: the job fails by this.
    Failed(Failure),
    /// Another worker may do better.
    Interrupted(Error),
}

impl From<AskError> for Stopped {
    fn from(error: AskError) -> Self {
        error.failure().map_or_else(|| Self::Interrupted(error.into()), Self::Failed)
    }
}

impl From<LeaseError> for Stopped {
    fn from(error: LeaseError) -> Self {
        Self::Interrupted(error.into())
    }
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        Self::Interrupted(error)
    }
}

/// Ends a job as failed and gives back the credit that `member` paid for it on `day`, in one commit.
///
/// # Errors
/// [`Error`].
pub async fn fail(
    credits: &CreditStore,
    lease: Lease,
    (member, day): (&str, Date),
    failure: &Failure,
) -> Result<(), Error> {
    tracing::warn!(job.id = lease.job().id, failure.code, "the job fails");
    let returned = credits.give_back(member, day).await?;
    Ok(lease.fail_with(failure, returned).await?)
}
