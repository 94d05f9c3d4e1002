//! Holding a lease for as long as its work takes, also while the database cannot always be written.

use std::sync::atomic::Ordering;
use std::time::Duration;

use maru_lambda::logs;
use maru_store::StoreError;

use super::writing::Writing;
use super::{LEASE, Lease, LeaseError};

#[cfg(test)]
mod tests;

/// How long the renewal of a lease that is over already is waited for.
const LATE: Duration = Duration::from_secs(5);

impl Lease {
    /// Does `work`, renewing the lease meanwhile. A renewal that fails is tried again until the lease is over, which
    /// it is when nothing was written under it for 45 s: what the work writes renews it too. `work` is dropped when
    /// the lease is lost, or over.
    ///
    /// # Errors
    /// `work`'s error as it is, else a [`LeaseError`]: `Lost`, or as `Store` why the last renewal failed.
    pub async fn hold<T, E: From<LeaseError>>(
        &self,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        self.hold_renewing(LEASE / 3, work).await
    }

    async fn hold_renewing<T, E: From<LeaseError>>(
        &self,
        every: Duration,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        // Beside the work, never instead of it: a write of the work that is under way has the log locked.
        tokio::select! {
            done = work => done,
            over = self.renewing(every) => Err(over.into()),
        }
    }

    /// Renews the lease `every` so often, and sooner after a renewal that failed; ends when the work must.
    async fn renewing(&self, every: Duration) -> LeaseError {
        let mut pause = every;
        loop {
            tokio::time::sleep(pause).await;
            let error = match self.renew().await {
                Ok(()) => {
                    pause = every;
                    continue;
                }
                Err(LeaseError::Store(error)) => error,
                Err(lost) => return lost,
            };
            let Some(rest) = self.rest() else { return error.into() };
            let id = &self.job.id;
            tracing::warn!(job.id = id, error = logs::chain(&error), "the lease could not be renewed yet");
            pause = rest.min(every / 5);
        }
    }

    /// Renews the lease once. A database that does not answer is not waited for beyond the lease's end. A lease that
    /// is over is ours as long as nobody else took the job.
    async fn renew(&self) -> Result<(), LeaseError> {
        let writing = self.write(Writing::default());
        let waited = tokio::time::timeout(self.rest().unwrap_or(LATE), writing).await;
        waited.unwrap_or_else(|elapsed| {
            let (operation, table) = ("TransactWriteItems", self.table().name().to_owned());
            Err(StoreError::Unavailable { operation, table, source: elapsed.into() }.into())
        })
    }

    /// How long we have the job if nothing more is written; none if the lease is over.
    fn rest(&self) -> Option<Duration> {
        let rest = self.until.load(Ordering::Relaxed) - self.table().clock().now().as_millisecond();
        u64::try_from(rest).ok().filter(|rest| *rest > 0).map(Duration::from_millis)
    }
}
