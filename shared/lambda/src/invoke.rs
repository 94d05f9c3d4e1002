//! Functions that another function calls and waits for (Lambda's `Invoke`, `RequestResponse`).

use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::event::failed;
use crate::{Answer, BoxError, ConfigurationError, FromEnvironment, Instance, InvokeError, Starter, Trigger};

/// What the caller sends: its trace, and what it asks for. `maru-callee` writes it, [`Starter::invoke`] reads
/// it; a handler sees the data alone.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Invoked<T> {
    /// The W3C trace context of the caller's invocation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traceparent: Option<String>,
    /// What is asked for.
    pub data: T,
}

impl Starter<'_> {
    /// A function that answers other functions. An error fails the call; the caller decides about another.
    ///
    /// # Errors
    /// [`ConfigurationError`] when a variable is missing or wrong.
    pub fn invoke<D, T, R, F, Fut, E>(&self, handle: F) -> Result<Instance, ConfigurationError>
    where
        D: FromEnvironment,
        T: DeserializeOwned + Send + 'static,
        R: Serialize,
        F: Fn(D, T) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        let dependencies = D::from_environment(self.environment)?;
        let handle = Arc::new(handle);
        Ok(Instance::new(Trigger::Invoke, move |event, invocation| {
            let (dependencies, handle) = (dependencies.clone(), Arc::clone(&handle));
            async move {
                let call: Invoked<T> = serde_json::from_value(event).map_err(InvokeError::Event)?;
                let cause = invocation.caused_by(call.traceparent.as_deref());
                let answer = cause.scope(handle(dependencies, call.data)).await;
                let answer = answer.map_err(|error| failed(&invocation, error.into()))?;
                let answer: Value =
                    serde_json::to_value(answer).map_err(|error| failed(&invocation, error.into()))?;
                Ok(Answer::Value(answer))
            }
        }))
    }
}
