//! A stack with a model at its pace, and the members who ask there.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use maru_auth::Role;
use maru_jobs::Jobs;
use maru_lambda::{Environment, FromEnvironment};
use maru_measure::Outcome;
use maru_stack::Model;
use maru_stack::aws::CallCount;
use maru_stack::bedrock::Pace;
use maru_testing::{Maru, Setup};

/// A stack with a model at its pace.
pub struct World {
    pub maru: Maru,
    pub jobs: Jobs,
    /// How long the model takes for an answer.
    pub model: Duration,
    members: AtomicUsize,
}

impl World {
    pub async fn new(model: Duration) -> Outcome<Self> {
        let setup = Setup::new(vec![interview::FUNCTIONS, jobs::FUNCTIONS]);
        let pace = Pace { answer: model, ..Pace::default() };
        let maru = setup.model(Model::Paced(pace)).start().await;
        Ok(Self { jobs: jobs_of(&maru)?, maru, model, members: AtomicUsize::new(0) })
    }

    /// The access token of somebody who has asked for nothing yet.
    pub fn new_member(&self) -> String {
        let number = self.members.fetch_add(1, Ordering::Relaxed);
        self.maru.token(&format!("usr_{number:06}"), Role::User)
    }
}

/// The jobs of a stack.
pub fn jobs_of(maru: &Maru) -> Outcome<Jobs> {
    let stack = &maru.stack;
    let mut tables = stack.parts().template.tables.iter();
    let table = tables.find(|table| table.logical_id == "JobsTable").ok_or("no jobs")?;
    let variables = BTreeMap::from([("JOBS_TABLE".to_owned(), table.name.clone())]);
    let environment = Environment::new(variables, stack.sdk_config(), stack.clock().for_functions());
    Ok(Jobs::from_environment(&environment)?)
}

/// How many calls of services there were since the counts were cleared: by the streams, all of which are reads of the
/// database, and by all functions.
pub fn calls(maru: &Maru) -> (f64, f64) {
    let calls = maru.stack.parts().counts.calls();
    let is_of_stream = |call: &&CallCount| call.function.as_deref() == Some("stream_job_events");
    let of_streams: u64 = calls.iter().filter(is_of_stream).map(|call| call.count).sum();
    let of_all: u64 = calls.iter().filter(|call| call.function.is_some()).map(|call| call.count).sum();
    #[expect(clippy::cast_precision_loss, reason = "less than 2^52 calls")]
    let calls = (of_streams as f64, of_all as f64);
    calls
}
