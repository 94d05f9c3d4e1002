//! A Lambda: its name, its handler, and what triggers it.

use std::pin::Pin;

use serde_json::Value;

use crate::stream::StreamReply;
use crate::{BoxError, ConfigurationError, Environment, Invocation};

/// One Lambda. A domain's `FUNCTIONS` has one line for each.
pub struct Function {
    name: &'static str,
    start: fn(&Starter<'_>) -> Result<Instance, ConfigurationError>,
}

impl Function {
    /// A Lambda called `name` (`snake_case`, unique in the workspace). `start` says what kind of trigger its
    /// handler answers: `|start| start.http(get_dashboard::handle)`.
    #[must_use]
    pub const fn new(
        name: &'static str,
        start: fn(&Starter<'_>) -> Result<Instance, ConfigurationError>,
    ) -> Self {
        Self { name, start }
    }

    /// The name, as in `template.yaml`'s `Handler`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Starts the function: reads its configuration and makes what its handler works with.
    ///
    /// # Errors
    /// [`ConfigurationError`] when a variable is missing or wrong.
    pub fn start(&self, environment: &Environment) -> Result<Instance, ConfigurationError> {
        (self.start)(&Starter { environment })
    }
}

/// Given to a [`Function`] to be started with; has one method for each kind of trigger.
pub struct Starter<'a> {
    pub(crate) environment: &'a Environment,
}

/// What kind of event a function answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// A route of the HTTP API.
    Http,
    /// Messages of an SQS queue.
    Queue,
    /// An event of the EventBridge bus.
    Event,
    /// An EventBridge Scheduler schedule.
    Schedule,
    /// A function URL whose answer is streamed.
    Stream,
    /// Another function, which waits for the answer.
    Invoke,
    /// The beginning of a WebSocket connection.
    Connect,
    /// The end of a WebSocket connection.
    Disconnect,
    /// A frame of a WebSocket connection.
    Frame,
}

/// What a function answers.
pub enum Answer {
    /// One JSON document.
    Value(Value),
    /// An HTTP answer whose body is still being made.
    Stream(StreamReply),
}

/// An invocation that failed as a whole; the trigger decides about a retry.
#[derive(Debug, thiserror::Error)]
pub enum InvokeError {
    /// The event is not of the form that the trigger sends.
    #[error("the event is not of the form that this function's trigger sends")]
    Event(#[source] serde_json::Error),
    /// The handler gave up.
    #[error("the handler failed")]
    Handler(#[source] BoxError),
}

pub(crate) type Answering = Pin<Box<dyn Future<Output = Result<Answer, InvokeError>> + Send>>;
type Handle = Box<dyn Fn(Value, Invocation) -> Answering + Send + Sync>;

/// A started function, ready to be invoked, many times and at the same time.
pub struct Instance {
    trigger: Trigger,
    handle: Handle,
}

impl Instance {
    pub(crate) fn new<F, Fut>(trigger: Trigger, handle: F) -> Self
    where
        F: Fn(Value, Invocation) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Answer, InvokeError>> + Send + 'static,
    {
        Self { trigger, handle: Box::new(move |event, invocation| Box::pin(handle(event, invocation))) }
    }

    /// What kind of event it answers.
    #[must_use]
    pub const fn trigger(&self) -> Trigger {
        self.trigger
    }

    /// Handles one event of the trigger, in the JSON form in which AWS sends it.
    ///
    /// # Errors
    /// [`InvokeError`] when the invocation failed as a whole.
    pub async fn invoke(&self, event: Value, invocation: Invocation) -> Result<Answer, InvokeError> {
        let answering = (self.handle)(event, invocation.clone());
        crate::logs::within(&invocation, invocation.clone().scope(answering)).await
    }
}
