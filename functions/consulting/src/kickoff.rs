//! Starting a run, or pushing on one that stands still: whatever was lost on the way is sent again.

use jiff::civil::Date;
use maru_jobs::{Job, JobRequested, Jobs, NewJob, Progress, Started};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_messages::{Bus, Envelope, Queue};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::queues::{LECTURES_INGESTED, RunQueue, RunReference};
use crate::runs::{Run, RunState};
use crate::store::Store;

/// The kind of the jobs that ingest.
pub const INGEST_JOB: &str = "consulting.ingest";

/// What an ingest job is to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IngestInput {
    /// The run.
    pub run_id: String,
}

/// What starting a run needs.
#[derive(Clone, Debug)]
pub struct Kickoff {
    store: Store,
    jobs: Jobs,
    queue: RunQueue,
    bus: Bus,
}

impl FromEnvironment for Kickoff {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self {
            store: Store::from_environment(environment)?,
            jobs: Jobs::from_environment(environment)?,
            queue: RunQueue::from_environment(environment)?,
            bus: Bus::from_environment(environment)?,
        })
    }
}

impl Kickoff {
    /// The table, for what a handler does beside.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The run of `day`, started if there is none or the last one failed, pushed on if it has not ended.
    ///
    /// # Errors
    /// [`Error::DayNotOver`] for today and later, [`Error::Store`], [`Error::Send`].
    pub async fn run(&self, day: Date, requested_by: &str) -> Result<Run, Error> {
        if day >= self.store.table().clock().today() {
            return Err(Error::DayNotOver);
        }
        let run = self.store.request_run(day, requested_by).await?;
        match run.state {
            RunState::Queued | RunState::Ingesting => self.request_ingestion(&run).await?,
            RunState::Ingested | RunState::Aggregating => {
                let event = RunReference { run_id: run.id.clone() };
                let now = self.store.table().clock().now();
                self.bus
                    .publish(&Envelope::new(format!("{}-ingested", run.id), LECTURES_INGESTED, now, event))
                    .await?;
            }
            RunState::Published | RunState::Superseded | RunState::Failed => {}
        }
        Ok(run)
    }

    async fn request_ingestion(&self, run: &Run) -> Result<(), Error> {
        let new = NewJob {
            kind: INGEST_JOB,
            account: None,
            key: run.id.clone(),
            input: serde_json::to_string(&IngestInput { run_id: run.id.clone() })?,
            result_url: format!("/admin/consulting/runs/{}", run.id),
            progress: Progress::default(),
        };
        let (Started::New(job) | Started::Joined(job)) = self.jobs.start(new).await?;
        hand_over(&self.queue.0, &job).await;
        Ok(())
    }
}

/// Brings `job` to its worker. A message that cannot be sent is left to `cron_requeue_jobs`: the job is stored, so
/// it is accepted, and nobody is told otherwise.
pub async fn hand_over(queue: &Queue, job: &Job) {
    if let Err(error) = queue.send(&request(job)).await {
        tracing::warn!(job.id, error = maru_lambda::logs::chain(&error), "a job waits until it is due");
    }
}

/// The message that brings `job` to its worker.
pub fn request(job: &Job) -> Envelope<JobRequested> {
    let data = JobRequested { job_id: job.id.clone() };
    Envelope::new(job.id.clone(), JobRequested::TYPE, job.created_at, data)
}
