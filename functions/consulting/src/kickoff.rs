//! Starting a run, or pushing on one that stands still: whatever was lost on the way is sent again.

use jiff::civil::Date;
use maru_jobs::{Jobs, Joins, NewJob, Progress, Started, hand_over};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, new_id};
use maru_messages::{Bus, Envelope};
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

    /// The run of `day`, started as `id` if there is none or the last one failed, pushed on if it has not ended.
    /// A run `id` that is there is carried on, whatever has become of it.
    ///
    /// # Errors
    /// [`Error::DayNotOver`] for today and later, [`Error::Store`], [`Error::Send`].
    pub async fn run(&self, day: Date, requested_by: &str, id: &str) -> Result<Run, Error> {
        if day >= self.store.table().clock().today() {
            return Err(Error::DayNotOver);
        }
        let run = self.store.request_run(day, requested_by, id).await?;
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
            id: new_id("job", self.store.table().clock().now()),
            kind: INGEST_JOB,
            account: None,
            key: run.id.clone(),
            joins: Joins::UnlessFailed,
            input: serde_json::to_string(&IngestInput { run_id: run.id.clone() })?,
            result_url: format!("/admin/consulting/runs/{}", run.id),
            progress: Progress::default(),
        };
        let (Started::New(job) | Started::Joined(job)) = self.jobs.start(new).await?;
        hand_over(&self.queue.0, &job).await;
        Ok(())
    }
}
