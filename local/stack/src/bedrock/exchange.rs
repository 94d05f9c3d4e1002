//! A call that is being answered: refused, or given an answer at once or as a stream, and settled in the log.

use std::{pin::pin, sync::Arc};

use async_stream::stream;
use axum::{
    body::Body,
    http::{
        HeaderValue, Response,
        header::{CONTENT_LENGTH, CONTENT_TYPE},
    },
};
use bytes::Bytes;
use futures::{Stream, StreamExt};
use jiff::Timestamp;

use super::{
    Bedrock, Outcome,
    calls::OpenCall,
    model::{self, EventStream},
    wire::{
        answer::{Answer, Event, Usage},
        error::{Kind, ServiceError},
        frame,
        target::{Operation, Target},
    },
};

/// A call at work, and what is known of it before its body is read.
pub(super) struct Exchange {
    pub(super) bedrock: Arc<Bedrock>,
    pub(super) target: Target,
    pub(super) call: OpenCall,
    pub(super) started: Timestamp,
}

impl Exchange {
    /// Ends the call with an error.
    pub(super) fn refuse(mut self, outcome: Outcome, error: ServiceError) -> Response<Body> {
        tracing::info!(outcome = ?outcome, error = %error, "model call refused");
        self.call.settle(outcome);
        error.into_response()
    }

    /// Ends the call with an error of the model's.
    pub(super) fn fail(self, error: ServiceError) -> Response<Body> {
        let outcome = match error.kind {
            Kind::Throttling => Outcome::Throttled,
            Kind::ModelTimeout => Outcome::TimedOut,
            _ => Outcome::Failed,
        };
        self.refuse(outcome, error)
    }

    /// [`super::FaultKind::Throttle`].
    pub(super) fn throttle(self) -> Response<Body> {
        let message = "Too many requests, please wait before trying again.";
        self.fail(ServiceError::new(Kind::Throttling, message))
    }

    /// [`super::FaultKind::Error`].
    pub(super) fn break_down(self) -> Response<Body> {
        let message = "The system encountered an unexpected error during processing. Try your request again.";
        self.fail(ServiceError::new(Kind::Internal, message))
    }

    /// [`super::FaultKind::Timeout`].
    pub(super) async fn time_out(self) -> Response<Body> {
        tokio::time::sleep(self.bedrock.pace.hang_at_most).await;
        let message = "Model has timed out in processing the request. Try your request again.";
        self.fail(ServiceError::new(Kind::ModelTimeout, message))
    }

    /// Gives a whole answer, in the form of the operation.
    pub(super) fn deliver(mut self, answer: Answer, outcome: Outcome) -> Response<Body> {
        if self.target.operation == Operation::ConverseStream {
            let input = answer.usage.input;
            let events = model::in_pieces(answer, self.bedrock.pace.answer);
            return self.stream(events, outcome, input);
        }
        self.call.spend(answer.usage);
        self.call.settle(outcome);
        let body = answer.to_json(self.elapsed_ms()).to_string();
        response(Body::from(body), HeaderValue::from_static("application/json"))
    }

    /// Gives a streamed answer; `input` tokens stand in the log until the stream tells its usage.
    pub(super) fn stream(mut self, events: EventStream, outcome: Outcome, input: u64) -> Response<Body> {
        self.call.spend(Usage { input, output: 0 });
        let frames = self.frames(events, outcome);
        response(Body::from_stream(frames), HeaderValue::from_static(frame::CONTENT_TYPE))
    }

    /// The frames of a stream; the call is settled with its last one, and abandoned if nobody reads that far.
    fn frames(mut self, events: EventStream, outcome: Outcome) -> impl Stream<Item = std::io::Result<Bytes>> {
        stream! {
            let mut events = pin!(events);
            while let Some(next) = events.next().await {
                match next {
                    Ok(event) => {
                        if let Event::Metadata(usage) = event {
                            self.call.spend(usage);
                            self.call.settle(outcome);
                        }
                        yield frame::event(&event, self.elapsed_ms());
                    }
                    Err(error) => {
                        tracing::info!(error = %error, "model stream broke off");
                        self.call.settle(Outcome::StreamFailed);
                        yield frame::exception(error);
                        break;
                    }
                }
            }
        }
    }

    /// Counts what was worked for, and lets the answer never arrive.
    pub(super) fn lose(mut self, usage: Usage) -> Response<Body> {
        self.call.spend(usage);
        self.call.settle(Outcome::LostAnswer);
        // A body that fails before its first byte: the server can only close the connection.
        let failure = std::io::Error::new(std::io::ErrorKind::ConnectionReset, "answer lost on demand");
        let body = Body::from_stream(futures::stream::iter([Err::<Bytes, _>(failure)]));
        let mut response = response(body, HeaderValue::from_static("application/json"));
        response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("1"));
        response
    }

    /// Milliseconds since the start by the injected clock; 0 if that was set back meanwhile.
    fn elapsed_ms(&self) -> i64 {
        let elapsed = (self.bedrock.clock)().duration_since(self.started).as_millis();
        i64::try_from(elapsed.max(0)).unwrap_or(i64::MAX)
    }
}

fn response(body: Body, content_type: HeaderValue) -> Response<Body> {
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    response
}
