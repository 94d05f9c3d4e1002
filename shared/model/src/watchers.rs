//! Whoever watches the job while its model writes.

use std::time::Duration;

use maru_jobs::{Lease, LeaseError};
use maru_lambda::logs;
use serde_json::Map;
use tokio::time::Instant;

use crate::Question;

/// How often they hear of a model that is writing.
const HEARD: Duration = Duration::from_secs(2);

/// Whoever watches the job while its model writes.
pub(crate) struct Watchers<'a> {
    lease: &'a Lease,
    question: &'a Question<'a>,
    told: Instant,
}

impl<'a> Watchers<'a> {
    pub(crate) fn of(lease: &'a Lease, question: &'a Question<'a>) -> Self {
        Self { lease, question, told: Instant::now() }
    }

    /// Tells now and then how many characters there are so far, and of which step: others may be at work beside it.
    /// Not which characters, because nobody has checked them. What cannot be told is left untold: the answer that is
    /// being paid for is worth more.
    ///
    /// # Errors
    /// [`LeaseError::Lost`]: nobody waits for the answer any more.
    pub(crate) async fn hear(&mut self, written: &str) -> Result<(), LeaseError> {
        if self.told.elapsed() < HEARD {
            return Ok(());
        }
        self.told = Instant::now();
        let details = Map::from_iter([
            ("step".to_owned(), self.question.step.into()),
            ("written".to_owned(), written.chars().count().into()),
        ]);
        match self.lease.tell(&self.question.progress.label, details).await {
            Err(lost @ LeaseError::Lost(_)) => Err(lost),
            Err(error) => {
                let id = &self.lease.job().id;
                tracing::warn!(job.id = id, error = logs::chain(&error), "watchers hear nothing this time");
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }
}
