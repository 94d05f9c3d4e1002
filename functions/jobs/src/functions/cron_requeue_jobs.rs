//! Every minute: sends the messages of jobs again whose message was lost or whose worker died.

use maru_jobs::{DueJob, JobRequested, Jobs};
use maru_lambda::{Clock, Tick};
use maru_messages::{Envelope, SendError};
use maru_store::StoreError;
use serde::Serialize;

use crate::queues::JobQueues;

/// What the firing did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    due: usize,
    requeued: usize,
}

/// What stopped the firing; the next one goes on.
#[derive(Debug, thiserror::Error)]
pub enum RequeueError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Send(#[from] SendError),
}

pub async fn handle(
    (jobs, queues, clock): (Jobs, JobQueues, Clock),
    _: Tick,
) -> Result<Report, RequeueError> {
    let now = clock.now();
    let due = jobs.due(now).await?;
    let mut report = Report { due: due.len(), requeued: 0 };
    for job in due {
        let Some(queue) = queues.of(&job.kind) else {
            tracing::error!(
                job.id = job.id,
                job.kind,
                "no queue is known for this kind of job: see JOB_QUEUES"
            );
            continue;
        };
        let DueJob { id, .. } = &job;
        let data = JobRequested { job_id: id.clone() };
        // The message first: lost after it, the job is only looked at once more.
        queue.send(&Envelope::new(id.clone(), JobRequested::TYPE, now, data)).await?;
        jobs.look_again(&job, now).await?;
        report.requeued += 1;
    }
    Ok(report)
}
