//! The functions of the domain, a module each, through a local stack. Jobs are started and worked on here as
//! another domain would.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test panics where it cannot go on")]

mod cron_relay_messages;
mod cron_requeue_jobs;
mod get_job;
mod on_member_deleted_for_jobs;
mod stream_job_events;

use std::collections::BTreeMap;

use maru_jobs::{Acquired, Jobs, Joins, Lease, NewJob, Progress, Started};
use maru_lambda::{Environment, FromEnvironment, new_id};
use maru_testing::{Maru, Setup};

/// The account that most jobs here belong to.
const OWNER: &str = "usr_owner";

/// The functions of this domain alone.
fn setup() -> Setup {
    Setup::new(vec![jobs::FUNCTIONS])
}

/// The jobs table, as another domain has it.
fn jobs_of(maru: &Maru) -> Jobs {
    let stack = &maru.stack;
    let table = stack.parts().template.tables.iter().find(|table| table.logical_id == "JobsTable");
    let variables = BTreeMap::from([("JOBS_TABLE".to_owned(), table.unwrap().name.clone())]);
    let environment = Environment::new(variables, stack.sdk_config(), stack.clock().for_functions());
    Jobs::from_environment(&environment).unwrap()
}

/// A job of a kind whose queue the template knows.
fn new_job(account: Option<&str>, key: &str) -> NewJob {
    NewJob {
        id: new_id("job", jiff::Timestamp::now()),
        kind: "consulting.report",
        account: account.map(str::to_owned),
        key: key.to_owned(),
        joins: Joins::UnlessFailed,
        input: "{}".to_owned(),
        result_url: format!("/results/{key}"),
        progress: Progress { done: 0, total: 3, label: "기다리는 중".to_owned() },
    }
}

/// Starts a job that there is not yet.
async fn start(jobs: &Jobs, new: NewJob) -> maru_jobs::Job {
    match jobs.start(new).await.unwrap() {
        Started::New(job) => job,
        Started::Joined(job) => panic!("{} was there before", job.id),
    }
}

/// Takes a job that is free.
async fn take(jobs: &Jobs, id: &str) -> Lease {
    match jobs.acquire(id).await.unwrap() {
        Acquired::Lease(lease) => *lease,
        other => panic!("{id} could not be taken: {other:?}"),
    }
}
