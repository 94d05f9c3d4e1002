//! Functions behind a WebSocket API: a connection begins, sends frames, ends.
//!
//! API Gateway holds the connection; the functions hear of it, each event in an invocation of its own, and in no
//! certain order: two frames of one connection may be handled at the same time. Nothing that a function answers to
//! a frame reaches the client; what a client is to see is sent to its connection (`maru-connections`). None of
//! these events comes a second time: API Gateway does not try again, and `$disconnect` is not certain to come at all
//! (<https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html>),
//! so that a connection that is gone has to be noticed when something is sent to it.

mod event;
mod protocol;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use ::http::StatusCode;
use serde_json::{Value, json};

pub use event::{Connected, Disconnected, Frame, MESSAGE_LIMIT};
pub use protocol::{BEARER, PROTOCOL};

use crate::authentication::Authentication;
use crate::{
    Answer, BoxError, Caller, ConfigurationError, FromEnvironment, Instance, Invocation, Problem, Starter,
    Trigger, logs,
};
use event::Event;

impl Starter<'_> {
    /// A function that decides whether a WebSocket connection may begin: the route `$connect`.
    ///
    /// Who connects is known by an access token, in the `Authorization` header or, because a browser cannot set one
    /// for a WebSocket, as an offered subprotocol beside Maru's own: `Sec-WebSocket-Protocol: maru.v1,
    /// bearer.<token>`. (In the address it would stand in logs.) The answer to the client is the status alone. A
    /// connection lasts at most two hours, which may be longer than its token.
    ///
    /// # Errors
    /// [`ConfigurationError`] when a variable is missing or wrong.
    pub fn websocket_connect<D, C, F, Fut, E>(&self, handle: F) -> Result<Instance, ConfigurationError>
    where
        D: FromEnvironment,
        C: Caller,
        F: Fn(D, Connected<C>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<Problem>,
    {
        let authentication = Arc::new(Authentication::open(self.environment)?);
        let dependencies = D::from_environment(self.environment)?;
        let (clock, handle) = (self.environment.clock().clone(), Arc::new(handle));
        Ok(Instance::new(Trigger::Connect, move |event, invocation| {
            let (dependencies, handle) = (dependencies.clone(), Arc::clone(&handle));
            let (authentication, clock) = (Arc::clone(&authentication), clock.clone());
            async move {
                let event = Event::decode(event)?;
                let connected = match event.connected(&authentication, clock.now()) {
                    Ok(connected) => connected,
                    Err(problem) => return Ok(refused(problem, &invocation)),
                };
                let cause = invocation.caused_by(event.header("traceparent"));
                let handled = cause.scope(handle(dependencies, connected));
                let handled = invocation.in_time(&clock, handled).await;
                Ok(match handled.map_err(Problem::unavailable) {
                    Ok(Ok(())) => accepted(protocol::selected(&event)),
                    Ok(Err(error)) => refused(error.into(), &invocation),
                    Err(problem) => refused(problem, &invocation),
                })
            }
        }))
    }

    /// A function that hears that a WebSocket connection has ended: the route `$disconnect`.
    ///
    /// # Errors
    /// [`ConfigurationError`] when a variable is missing or wrong.
    pub fn websocket_disconnect<D, F, Fut, E>(&self, handle: F) -> Result<Instance, ConfigurationError>
    where
        D: FromEnvironment,
        F: Fn(D, Disconnected) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<BoxError>,
    {
        let dependencies = D::from_environment(self.environment)?;
        let (clock, handle) = (self.environment.clock().clone(), Arc::new(handle));
        Ok(Instance::new(Trigger::Disconnect, move |event, invocation| {
            let (dependencies, handle) = (dependencies.clone(), Arc::clone(&handle));
            let clock = clock.clone();
            async move {
                let disconnected = Event::decode(event)?.disconnected(clock.now());
                let id = disconnected.connection_id.clone();
                let handled = handle(dependencies, disconnected);
                let handled = invocation.in_time(&clock, handled).await;
                Ok(done(handled.map(|handled| handled.map_err(Into::into)), &id))
            }
        }))
    }

    /// A function that gets the frames of WebSocket connections: the route `$default`, or one of its own. A frame
    /// that is wrong is the handler's to answer, by sending to its connection; an error is for the log.
    ///
    /// # Errors
    /// [`ConfigurationError`] when a variable is missing or wrong.
    pub fn websocket_frame<D, F, Fut, E>(&self, handle: F) -> Result<Instance, ConfigurationError>
    where
        D: FromEnvironment,
        F: Fn(D, Frame) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<BoxError>,
    {
        let dependencies = D::from_environment(self.environment)?;
        let (clock, handle) = (self.environment.clock().clone(), Arc::new(handle));
        Ok(Instance::new(Trigger::Frame, move |event, invocation| {
            let (dependencies, handle) = (dependencies.clone(), Arc::clone(&handle));
            let clock = clock.clone();
            async move {
                let frame = match Event::decode(event)?.frame(clock.now()) {
                    Ok(frame) => frame,
                    Err(problem) => return Ok(refused(problem, &invocation)),
                };
                let id = frame.connection_id.clone();
                let handled = handle(dependencies, frame);
                let handled = invocation.in_time(&clock, handled).await;
                Ok(done(handled.map(|handled| handled.map_err(Into::into)), &id))
            }
        }))
    }
}

fn accepted(protocol: Option<&'static str>) -> Answer {
    Answer::Value(match protocol {
        Some(protocol) => json!({ "statusCode": 200, "headers": { "Sec-WebSocket-Protocol": protocol } }),
        None => json!({ "statusCode": 200 }),
    })
}

/// The status alone: why is for the log.
fn refused(problem: Problem, invocation: &Invocation) -> Answer {
    Answer::Value(status(problem.into_reply(invocation).status))
}

/// The answer to an event that comes only once: there is nobody to tell of an error but the log.
fn done<T: Into<BoxError>>(handled: Result<Result<(), BoxError>, T>, connection_id: &str) -> Answer {
    let error = match handled {
        Ok(Ok(())) => return Answer::Value(status(StatusCode::OK)),
        Ok(Err(error)) => error,
        Err(out_of_time) => out_of_time.into(),
    };
    tracing::error!(connection.id = connection_id, error = logs::chain(&*error), "failed");
    Answer::Value(status(StatusCode::INTERNAL_SERVER_ERROR))
}

fn status(status: StatusCode) -> Value {
    json!({ "statusCode": status.as_u16() })
}
