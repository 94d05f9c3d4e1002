//! Taking a job whose work asks models.

use maru_jobs::{Acquired, Jobs};

use crate::AskError;
use crate::ledger::Ledger;

/// Takes the job `id` as [`Jobs::acquire`] does, and closes the calls that workers before us left open when they
/// died. So whatever becomes of the job now, even a failure before the first question, no call stays uncounted.
///
/// # Errors
/// [`AskError`]: `Lease` or `Store`; another worker does better.
pub async fn acquire(jobs: &Jobs, id: &str) -> Result<Acquired, AskError> {
    let acquired = jobs.acquire(id).await?;
    if let Acquired::Lease(lease) | Acquired::Exhausted(lease) = &acquired {
        Ledger { lease }.close_earlier().await?;
    }
    Ok(acquired)
}
