//! One function: started on first use, invoked within its timeout and its concurrency.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use maru_lambda::{Answer, ConfigurationError, Environment, Function, Instance, Invocation};
use serde_json::Value;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::Instant;

use super::activity::Activity;
use super::counts::Counts;
use super::{InvocationError, body};
use crate::clock::LocalClock;
use crate::template::FunctionResource;

/// What happens when all of a function's reserved concurrency is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    /// The invocation is refused, as for a synchronous caller.
    OrThrottle,
    /// The invocation waits, as Lambda lets asynchronous ones.
    OrWait,
}

/// One function of the template.
pub(crate) struct Lambda {
    pub(crate) resource: FunctionResource,
    pub(crate) counts: Counts,
    function: &'static Function,
    environment: Environment,
    instance: OnceLock<Result<Arc<Instance>, Arc<ConfigurationError>>>,
    concurrency: Option<Arc<Semaphore>>,
    kills: watch::Sender<u64>,
    clock: LocalClock,
    activity: Activity,
}

impl Lambda {
    pub(super) fn new(
        resource: FunctionResource,
        function: &'static Function,
        environment: Environment,
        clock: LocalClock,
        activity: Activity,
    ) -> Self {
        let permits = |limit: u32| Arc::new(Semaphore::new(usize::try_from(limit).unwrap_or(usize::MAX)));
        Self {
            concurrency: resource.reserved_concurrency.map(permits),
            resource,
            counts: Counts::default(),
            function,
            environment,
            instance: OnceLock::new(),
            kills: watch::Sender::new(0),
            clock,
            activity,
        }
    }

    /// The function's name.
    pub(crate) fn name(&self) -> &'static str {
        self.function.name()
    }

    /// The started function; the first call starts it.
    pub(crate) fn instance(&self) -> Result<Arc<Instance>, InvocationError> {
        let started = self
            .instance
            .get_or_init(|| self.function.start(&self.environment).map(Arc::new).map_err(Arc::new));
        started.clone().map_err(InvocationError::Configuration)
    }

    /// Stops all invocations that are under way: what they have not done yet will not be done.
    pub(crate) fn kill(&self) {
        self.kills.send_modify(|count| *count += 1);
    }

    /// Handles one event. The invocation goes on when the caller gives up waiting, as on Lambda.
    ///
    /// # Errors
    /// [`InvocationError`] when the invocation failed as a whole.
    pub(crate) async fn invoke(
        self: &Arc<Self>,
        event: Value,
        admission: Admission,
    ) -> Result<Answer, InvocationError> {
        let busy = self.activity.begin();
        let lambda = Arc::clone(self);
        let invoking = tokio::spawn(async move {
            let _busy = busy;
            lambda.counts.begin();
            let answer = lambda.run(event, admission).await;
            answer.inspect_err(|error| lambda.failed(error))
        });
        invoking.await.unwrap_or_else(|error| {
            let error = match error.try_into_panic() {
                Ok(panic) => InvocationError::Panicked(panic_text(&*panic)),
                Err(_) => InvocationError::Killed,
            };
            self.failed(&error);
            Err(error)
        })
    }

    fn failed(&self, error: &InvocationError) {
        let error = error.chain();
        tracing::warn!(function = self.name(), error, "invocation failed");
        self.counts.failed(error);
    }

    async fn run(&self, event: Value, admission: Admission) -> Result<Answer, InvocationError> {
        let mut killed = self.kills.subscribe();
        let permit = self.admit(admission).await?;
        let instance = self.instance()?;
        let timeout = self.resource.timeout;
        let end = Instant::now() + timeout;
        let invocation =
            Invocation::new(self.name(), request_id(), None, deadline(self.clock.now(), timeout));
        let answer = tokio::select! {
            biased;
            _ = killed.changed() => return Err(InvocationError::Killed),
            () = tokio::time::sleep_until(end) => return Err(InvocationError::TimedOut(timeout)),
            answer = instance.invoke(event, invocation) => answer.map_err(InvocationError::Failed)?,
        };
        Ok(match answer {
            Answer::Stream(reply) => Answer::Stream(body::limited(reply, permit, end, killed)),
            value @ Answer::Value(_) => value,
        })
    }

    async fn admit(&self, admission: Admission) -> Result<Option<OwnedSemaphorePermit>, InvocationError> {
        let Some(semaphore) = self.concurrency.clone() else { return Ok(None) };
        let limit = self.resource.reserved_concurrency.unwrap_or_default();
        let permit = match admission {
            Admission::OrThrottle => semaphore.try_acquire_owned().ok(),
            Admission::OrWait => semaphore.acquire_owned().await.ok(),
        };
        permit.map(Some).ok_or(InvocationError::Throttled(limit))
    }
}

fn deadline(now: Timestamp, timeout: Duration) -> Timestamp {
    let timeout = SignedDuration::try_from(timeout).unwrap_or(SignedDuration::MAX);
    now.saturating_add(timeout).unwrap_or(Timestamp::MAX)
}

/// A random id in the form of a UUID, as Lambda's request ids are.
pub(crate) fn request_id() -> String {
    let random = format!("{:032x}", rand::random::<u128>());
    let parts: Vec<&str> =
        [0..8, 8..12, 12..16, 16..20, 20..32].into_iter().filter_map(|range| random.get(range)).collect();
    parts.join("-")
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "something".to_owned())
}
