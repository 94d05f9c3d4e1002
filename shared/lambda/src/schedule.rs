//! Functions that EventBridge Scheduler calls.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::event::failed;
use crate::{Answer, BoxError, ConfigurationError, FromEnvironment, Instance, InvokeError, Starter, Trigger};

/// One firing of a schedule. `template.yaml` asks Scheduler to put its context attributes in here.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tick {
    /// For when the firing was planned (`<aws.scheduler.scheduled-time>`): the same for each retry.
    pub scheduled_time: Timestamp,
}

impl Starter<'_> {
    /// A function that runs on a schedule and answers a small report of what it did. An error makes the
    /// scheduler try again, and in the end put the firing into the schedule's dead-letter queue.
    ///
    /// # Errors
    /// [`ConfigurationError`] when a variable is missing or wrong.
    pub fn schedule<D, R, F, Fut, E>(&self, handle: F) -> Result<Instance, ConfigurationError>
    where
        D: FromEnvironment,
        R: Serialize,
        F: Fn(D, Tick) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        let dependencies = D::from_environment(self.environment)?;
        let handle = Arc::new(handle);
        Ok(Instance::new(Trigger::Schedule, move |event, invocation| {
            let (dependencies, handle) = (dependencies.clone(), Arc::clone(&handle));
            async move {
                let tick: Tick = serde_json::from_value(event).map_err(InvokeError::Event)?;
                let report = handle(dependencies, tick).await;
                let report = report.map_err(|error| failed(&invocation, error.into()))?;
                let report: Value =
                    serde_json::to_value(report).map_err(|error| failed(&invocation, error.into()))?;
                tracing::info!(%report, "done");
                Ok(Answer::Value(report))
            }
        }))
    }
}
