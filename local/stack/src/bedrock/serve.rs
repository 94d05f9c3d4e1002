//! One request from its first byte to its last: received, entered in the log, made to suffer if asked, answered.

use std::{pin::pin, sync::Arc};

use async_stream::stream;
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{
        HeaderName, HeaderValue, Method, Response,
        header::{CONTENT_LENGTH, CONTENT_TYPE},
    },
};
use bytes::Bytes;
use futures::{Stream, StreamExt};
use jiff::Timestamp;

use super::{
    Bedrock, FaultKind, Outcome,
    calls::OpenCall,
    model::{self, EventStream},
    offline, tokens,
    wire::{
        answer::{Answer, Event, Usage},
        error::{Kind, ServiceError},
        frame,
        request::ConverseRequest,
        target::{Operation, Target},
    },
};

/// Largest request body, in bytes; the service takes about 25 MB.
const BODY_LIMIT: usize = 25 * 1024 * 1024;
/// Names the call in the client's logs.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

/// Answers one request under `/model/`; whatever is not Converse or `ConverseStream` is an unknown operation.
pub async fn handle(bedrock: Arc<Bedrock>, request: Request) -> Response<Body> {
    let target = Target::parse(request.uri().path()).filter(|_| request.method() == Method::POST);
    let Some(target) = target else {
        return ServiceError::new(
            Kind::UnknownOperation,
            "The stand-in knows Converse and ConverseStream only.",
        )
        .into_response();
    };
    let started = (bedrock.clock)();
    let parsed = match to_bytes(request.into_body(), BODY_LIMIT).await {
        Ok(body) => ConverseRequest::parse(&body),
        Err(error) => Err(ServiceError::invalid(format!("The request body could not be read: {error}"))),
    };
    let purpose = parsed.as_ref().map_or("", ConverseRequest::purpose).to_owned();
    let call = bedrock.calls.open(started, target.model_id.clone(), purpose.clone());
    let request_id = HeaderValue::try_from(call.request_id());
    let mut response = match parsed {
        Ok(request) => {
            let fault = bedrock.faults.take(&purpose);
            Exchange { bedrock, target, request, call, started }.answer(fault).await
        }
        Err(error) => refuse(call, Outcome::Invalid, error),
    };
    response.headers_mut().extend(request_id.ok().map(|id| (REQUEST_ID, id)));
    response
}

fn refuse(mut call: OpenCall, outcome: Outcome, error: ServiceError) -> Response<Body> {
    tracing::info!(outcome = ?outcome, error = %error, "model call refused");
    call.settle(outcome);
    error.into_response()
}

/// A valid request that is being answered.
struct Exchange {
    bedrock: Arc<Bedrock>,
    target: Target,
    request: ConverseRequest,
    call: OpenCall,
    started: Timestamp,
}

impl Exchange {
    async fn answer(self, fault: Option<FaultKind>) -> Response<Body> {
        match fault {
            None => self.by_model(false).await,
            Some(FaultKind::StreamError) => self.by_model(true).await,
            Some(FaultKind::Garbage) => {
                let answer = offline::garbage(&self.request);
                self.deliver(answer, Outcome::Garbage)
            }
            Some(FaultKind::LostAnswer) => self.lose().await,
            Some(FaultKind::Throttle) => {
                let message = "Too many requests, please wait before trying again.";
                refuse(self.call, Outcome::Throttled, ServiceError::new(Kind::Throttling, message))
            }
            Some(FaultKind::Error) => {
                let message =
                    "The system encountered an unexpected error during processing. Try your request again.";
                refuse(self.call, Outcome::Failed, ServiceError::new(Kind::Internal, message))
            }
            Some(FaultKind::Timeout) => {
                tokio::time::sleep(self.bedrock.pace.hang_at_most).await;
                let message = "Model has timed out in processing the request. Try your request again.";
                refuse(self.call, Outcome::TimedOut, ServiceError::new(Kind::ModelTimeout, message))
            }
        }
    }

    async fn by_model(self, broken: bool) -> Response<Body> {
        match self.target.operation {
            Operation::Converse if broken => {
                refuse(self.call, Outcome::Failed, ServiceError::new(Kind::Model, model::BROKE_OFF))
            }
            Operation::Converse => match self.bedrock.model.whole(&self.request, &self.target.model_id).await
            {
                Ok(answer) => self.deliver(answer, Outcome::Answered),
                Err(error) => self.fail(error),
            },
            Operation::ConverseStream => {
                match self.bedrock.model.events(&self.request, &self.target.model_id).await {
                    Ok(events) if broken => self.stream(model::break_off(events), Outcome::Answered),
                    Ok(events) => self.stream(events, Outcome::Answered),
                    Err(error) => self.fail(error),
                }
            }
        }
    }

    /// Does the work and counts it, but never lets the answer arrive.
    async fn lose(mut self) -> Response<Body> {
        match self.bedrock.model.whole(&self.request, &self.target.model_id).await {
            Ok(answer) => {
                self.call.spend(answer.usage);
                self.call.settle(Outcome::LostAnswer);
                dropped_connection()
            }
            Err(error) => self.fail(error),
        }
    }

    fn deliver(mut self, answer: Answer, outcome: Outcome) -> Response<Body> {
        if self.target.operation == Operation::ConverseStream {
            let events = model::in_pieces(answer, self.bedrock.pace.delay_per_piece);
            return self.stream(events, outcome);
        }
        self.call.spend(answer.usage);
        self.call.settle(outcome);
        let body = answer.to_json(self.bedrock.elapsed_ms(self.started)).to_string();
        response(Body::from(body), HeaderValue::from_static("application/json"))
    }

    fn stream(mut self, events: EventStream, outcome: Outcome) -> Response<Body> {
        self.call.spend(Usage { input: tokens::of_request(&self.request), output: 0 });
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
                        yield frame::event(&event, self.bedrock.elapsed_ms(self.started));
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

    fn fail(self, error: ServiceError) -> Response<Body> {
        let outcome = match error.kind {
            Kind::Throttling => Outcome::Throttled,
            Kind::ModelTimeout => Outcome::TimedOut,
            _ => Outcome::Failed,
        };
        refuse(self.call, outcome, error)
    }
}

impl Bedrock {
    /// Milliseconds since `started` by the injected clock; 0 if that was set back meanwhile.
    fn elapsed_ms(&self, started: Timestamp) -> i64 {
        let elapsed = (self.clock)().duration_since(started).as_millis();
        i64::try_from(elapsed.max(0)).unwrap_or(i64::MAX)
    }
}

fn response(body: Body, content_type: HeaderValue) -> Response<Body> {
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    response
}

/// An answer whose body fails before its first byte: the server can only close the connection.
fn dropped_connection() -> Response<Body> {
    let failure = std::io::Error::new(std::io::ErrorKind::ConnectionReset, "answer lost on demand");
    let mut response = response(
        Body::from_stream(futures::stream::iter([Err::<Bytes, _>(failure)])),
        HeaderValue::from_static("application/json"),
    );
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("1"));
    response
}
