//! Jobs against a database: starting once, leases, fences, the log, the end.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test panics where it cannot go on")]

mod attempts;
mod credit;
mod due;
mod erasure;
mod fence;
mod lease;
mod log;
mod side_by_side;
mod start;

use std::collections::BTreeMap;
use std::time::Duration;

use maru_jobs::{Acquired, Job, Jobs, Joins, Lease, NewJob, Progress, Started};
use maru_lambda::{Environment, FromEnvironment, new_id};
use maru_testing::{Maru, Setup};
use serde_json::Value;

/// How long a worker has a job without writing anything: what the tests hold the code to.
const LEASE: Duration = Duration::from_secs(45);

/// The jobs table of a stack without functions, on a clock that stands still.
struct Ground {
    maru: Maru,
    jobs: Jobs,
}

impl Ground {
    async fn start() -> Self {
        let maru = Setup::new(Vec::new()).frozen().start().await;
        let tables = &maru.stack.parts().template.tables;
        let table = tables.iter().find(|table| table.logical_id == "JobsTable").unwrap();
        let variables = BTreeMap::from([("JOBS_TABLE".to_owned(), table.name.clone())]);
        let clock = maru.stack.clock().for_functions();
        let environment = Environment::new(variables, maru.stack.sdk_config(), clock);
        let jobs = Jobs::from_environment(&environment).unwrap();
        Self { maru, jobs }
    }

    fn pass(&self, time: Duration) {
        self.maru.stack.clock().advance(time);
    }

    /// Starts a job that there is not yet.
    async fn job(&self, key: &str) -> Job {
        match self.jobs.start(new_job(key)).await.unwrap() {
            Started::New(job) => job,
            Started::Joined(job) => panic!("{} was there before", job.id),
        }
    }

    /// The job as it is now.
    async fn find(&self, id: &str) -> Job {
        self.jobs.find(id).await.unwrap().unwrap()
    }

    /// Takes a job that is free.
    async fn take(&self, id: &str) -> Lease {
        match self.jobs.acquire(id).await.unwrap() {
            Acquired::Lease(lease) => *lease,
            other => panic!("{id} could not be taken: {other:?}"),
        }
    }

    /// Everything in the table, in a form that can be compared.
    async fn everything(&self) -> Vec<String> {
        let table = self.jobs.table();
        let scan = table.client().scan().table_name(table.name()).consistent_read(true);
        let items = scan.send().await.unwrap().items.unwrap_or_default().into_iter();
        let mut items: Vec<String> =
            items.map(|item| table.decode::<Value>(item).unwrap().to_string()).collect();
        items.sort();
        items
    }
}

fn new_job(key: &str) -> NewJob {
    NewJob {
        id: new_id("job", jiff::Timestamp::now()),
        kind: "consulting.report",
        account: Some("usr_owner".to_owned()),
        key: key.to_owned(),
        joins: Joins::UnlessFailed,
        input: r#"{"for":"a worker"}"#.to_owned(),
        result_url: format!("/results/{key}"),
        progress: Progress::default(),
    }
}
