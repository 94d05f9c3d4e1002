//! Functions that consume an event of the bus.

use std::sync::Arc;

use aws_lambda_events::eventbridge::EventBridgeEvent;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    Answer, BoxError, ConfigurationError, FromEnvironment, Instance, Invocation, InvokeError, Starter,
    Trigger,
};

/// One event or message, as Maru sends it: the envelope around `data`.
///
/// Delivery is at least once: `id` is the same each time, and consumers are idempotent by it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event<T> {
    /// Names this event, for ever: `evt_…`.
    pub id: String,
    /// What happened: `<domain>.<past tense>`, such as `consulting.lectures_ingested`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The version of `data`'s shape, from 1 on.
    pub version: u32,
    /// When it happened.
    pub occurred_at: jiff::Timestamp,
    /// The W3C trace context of what caused it.
    #[serde(default)]
    pub traceparent: Option<String>,
    /// What happened, in the event's own shape.
    pub data: T,
}

impl Starter<'_> {
    /// A function that handles one event of the bus. An error makes EventBridge try again, and in the end
    /// put the event into the rule's dead-letter queue.
    ///
    /// # Errors
    /// [`ConfigurationError`] when a variable is missing or wrong.
    pub fn event<D, T, F, Fut, E>(&self, handle: F) -> Result<Instance, ConfigurationError>
    where
        D: FromEnvironment,
        T: DeserializeOwned + Send + 'static,
        F: Fn(D, Event<T>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<BoxError>,
    {
        let dependencies = D::from_environment(self.environment)?;
        let handle = Arc::new(handle);
        Ok(Instance::new(Trigger::Event, move |event, invocation| {
            let (dependencies, handle) = (dependencies.clone(), Arc::clone(&handle));
            async move {
                let event: Event<T> = decode(event).map_err(InvokeError::Event)?;
                let cause = invocation.caused_by(event.traceparent.as_deref());
                let done = cause.scope(handle(dependencies, event)).await;
                done.map(|()| Answer::Value(Value::Null)).map_err(|error| failed(&invocation, error.into()))
            }
        }))
    }
}

fn decode<T: DeserializeOwned>(event: Value) -> Result<Event<T>, serde_json::Error> {
    let event: EventBridgeEvent = serde_json::from_value(event)?;
    serde_json::from_value(event.detail)
}

pub(crate) fn failed(invocation: &Invocation, error: BoxError) -> InvokeError {
    tracing::error!(function = invocation.function, error = crate::logs::chain(&*error), "failed");
    InvokeError::Handler(error)
}
