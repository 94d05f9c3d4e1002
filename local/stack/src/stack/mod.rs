//! A running stack: what [`Stack::start`] puts together, and what one can do with it.

mod error;
mod listeners;
mod options;
mod settle;
mod start;
mod stores;

use std::sync::Arc;
use std::time::Duration;

use aws_types::SdkConfig;
use maru_lambda::Answer;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::task::JoinSet;

pub use error::StackError;
pub use options::{DemoLecturer, Model, StackOptions};
pub use settle::{Settled, Unsettled};

use crate::access::Access;
use crate::aws::CallCounts;
use crate::bedrock::Bedrock;
use crate::clock::LocalClock;
use crate::control::Tokens;
use crate::crash::Crashes;
use crate::faults::Faults;
use crate::queues::Queues;
use crate::runtime::{Admission, Functions, InvocationError, sdk};
use crate::schedules::Schedule;
use crate::snapshot::{SnapshotError, Snapshots};
use crate::template::{Place, Template};
use crate::websocket::WebSockets;

/// How long [`Stack::run_scheduled`] waits for what the firing set off.
const LONGEST_RUN: Duration = Duration::from_secs(60 * 60);

/// A running stack. Dropped, it stops without saving; see [`Stack::stop`].
pub struct Stack {
    parts: Arc<Parts>,
    snapshots: Option<Arc<Snapshots>>,
    // Both are held for what happens when they are dropped.
    tasks: JoinSet<()>,
    _temporary: Option<TempDir>,
}

/// The parts of a stack that its tests and its control endpoints work with.
pub struct Parts {
    /// Where it listens.
    pub place: Place,
    /// The template, read.
    pub template: Template,
    /// The clock of everything in the stack.
    pub clock: LocalClock,
    /// Issues access tokens.
    pub tokens: Tokens,
    /// What the functions may do, and what they were refused.
    pub access: Arc<Access>,
    /// Where an invocation shall die.
    pub crashes: Arc<Crashes>,
    /// What the next calls to services and partners shall suffer.
    pub faults: Arc<Faults>,
    /// How often each function called what.
    pub counts: Arc<CallCounts>,
    /// The model endpoint: its calls and its faults.
    pub bedrock: Arc<Bedrock>,
    pub(crate) functions: Functions,
    pub(crate) queues: Arc<Queues>,
    pub(crate) schedules: Vec<Arc<Schedule>>,
    pub(crate) websockets: Arc<WebSockets>,
}

/// A scheduled function that was fired, and what it set off.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// What the function answered.
    pub answer: Value,
    /// What is left.
    pub settled: Settled,
}

/// Why a scheduled function could not be run to the end of what it sets off.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// There is no such function, or it failed each time.
    #[error(transparent)]
    Invocation(#[from] InvocationError),
    /// The function has no schedule.
    #[error("{0} has no schedule; there are {1}")]
    NotScheduled(String, String),
    /// What it set off does not end.
    #[error(transparent)]
    Unsettled(#[from] Unsettled),
}

impl Stack {
    /// Starts everything, and checks that each function finds its configuration.
    ///
    /// # Errors
    /// [`StackError`] says what does not fit.
    pub async fn start(options: StackOptions) -> Result<Self, StackError> {
        // The future holds every part of the stack while it is put together.
        Box::pin(start::start(options)).await
    }

    /// The address of the HTTP API, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.parts.place.url
    }

    /// The address of the AWS endpoint, without a slash at the end.
    #[must_use]
    pub fn aws_url(&self) -> &str {
        &self.parts.place.aws_url
    }

    /// The address of a WebSocket API by its name in the template; none if there is no such API.
    #[must_use]
    pub fn websocket_url(&self, api: &str) -> Option<String> {
        let found = self.parts.template.websockets.iter().find(|found| found.logical_id == api);
        found.map(|api| api.url(&self.parts.place))
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &LocalClock {
        &self.parts.clock
    }

    /// Access tokens.
    #[must_use]
    pub fn tokens(&self) -> &Tokens {
        &self.parts.tokens
    }

    /// Everything else.
    #[must_use]
    pub fn parts(&self) -> &Parts {
        &self.parts
    }

    /// The configuration of AWS clients that may do everything, for tests.
    #[must_use]
    pub fn sdk_config(&self) -> SdkConfig {
        sdk::configuration("operator", &self.parts.place, self.parts.functions.http_client())
    }

    /// Invokes a function with an event of its trigger's JSON form and waits for the answer.
    ///
    /// # Errors
    /// [`InvocationError`]: there is no such function, or it failed as a whole.
    pub async fn invoke(&self, function: &str, event: Value) -> Result<Answer, InvocationError> {
        self.parts.functions.get(function)?.invoke(event, Admission::OrThrottle).await
    }

    /// Stops all invocations of a function that are under way, as the end of its sandbox would.
    pub fn kill(&self, function: &str) {
        self.parts.functions.kill(function);
    }

    /// Fires a scheduled function now, as planned for the present moment, and waits until everything that it
    /// set off is done.
    ///
    /// # Errors
    /// [`RunError`].
    pub async fn run_scheduled(&self, function: &str) -> Result<Run, RunError> {
        self.parts.run_scheduled(function).await
    }

    /// Waits until everything that was set off is done, at most for `patience`.
    ///
    /// # Errors
    /// [`Unsettled`].
    pub async fn settle(&self, patience: Duration) -> Result<Settled, Unsettled> {
        self.parts.settle(patience).await
    }

    /// Stops all invocations and saves the state.
    ///
    /// # Errors
    /// [`SnapshotError`] when the state could not be saved.
    pub async fn stop(mut self) -> Result<(), SnapshotError> {
        self.tasks.shutdown().await;
        self.parts.websockets.shut();
        for lambda in self.parts.functions.all() {
            lambda.kill();
        }
        if let Some(snapshots) = &self.snapshots {
            snapshots.save().await?;
        }
        Ok(())
    }
}

impl Parts {
    /// See [`Stack::run_scheduled`].
    ///
    /// # Errors
    /// [`RunError`].
    pub async fn run_scheduled(&self, function: &str) -> Result<Run, RunError> {
        self.functions.get(function)?;
        let schedule = self.schedules.iter().find(|schedule| schedule.function() == function);
        let schedule = schedule.ok_or_else(|| {
            let known: Vec<&str> = self.schedules.iter().map(|schedule| schedule.function()).collect();
            RunError::NotScheduled(function.to_owned(), known.join(", "))
        })?;
        let answer = match schedule.fire(self.clock.now()).await? {
            Answer::Value(answer) => answer,
            Answer::Stream(_) => json!(null),
        };
        Ok(Run { answer, settled: self.settle(LONGEST_RUN).await? })
    }
}
