//! Bringing a job to its worker.

use maru_messages::{Envelope, Queue};
use maru_store::{Attempt, StoreError};

use crate::job::{Job, JobRequested};
use crate::{Jobs, Started};

impl Jobs {
    /// The job that a request before this one started in the same `attempt`, brought to its workers behind `queue`
    /// once more; none if there is none. What an attempt starts has the id that the attempt gives for `job`. It is to
    /// be answered with, whatever became of what it was started from.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn started_by(&self, attempt: &Attempt, queue: &Queue) -> Result<Option<Job>, StoreError> {
        if !attempt.is_repeated() {
            return Ok(None);
        }
        let job = self.find(&attempt.id("job")).await?;
        if let Some(job) = &job {
            hand_over(queue, job).await;
        }
        Ok(job)
    }
}

impl Started {
    /// The job, brought to its workers behind `queue` if nobody has done so.
    pub async fn brought_to(self, queue: &Queue) -> Job {
        match self {
            Self::New(job) => {
                hand_over(queue, &job).await;
                job
            }
            Self::Joined(job) => job,
        }
    }
}

/// Sends the message that brings `job` to the workers behind `queue`. One that cannot be sent is left to
/// `cron_requeue_jobs`: the job is stored, so it is accepted, and nobody is told otherwise.
pub async fn hand_over(queue: &Queue, job: &Job) {
    let data = JobRequested { job_id: job.id.clone() };
    let message = Envelope::new(job.id.clone(), JobRequested::TYPE, job.created_at, data);
    if let Err(error) = queue.send(&message).await {
        tracing::warn!(job.id, error = maru_lambda::logs::chain(&error), "a job waits until it is due");
    }
}
