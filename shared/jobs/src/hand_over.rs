//! Bringing a job to its worker.

use maru_messages::{Envelope, Queue};

use crate::job::{Job, JobRequested};

/// Sends the message that brings `job` to the workers behind `queue`. One that cannot be sent is left to
/// `cron_requeue_jobs`: the job is stored, so it is accepted, and nobody is told otherwise.
pub async fn hand_over(queue: &Queue, job: &Job) {
    let data = JobRequested { job_id: job.id.clone() };
    let message = Envelope::new(job.id.clone(), JobRequested::TYPE, job.created_at, data);
    if let Err(error) = queue.send(&message).await {
        tracing::warn!(job.id, error = maru_lambda::logs::chain(&error), "a job waits until it is due");
    }
}
