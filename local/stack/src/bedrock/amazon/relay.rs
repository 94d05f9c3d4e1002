//! A call that the real service answers, and the answer's way back: byte for byte, and counted.

use axum::{
    body::Body,
    http::{HeaderName, Response, StatusCode, header::CONTENT_TYPE},
};

use super::{AmazonBedrock, Passage, streams, unanswered};
use crate::bedrock::{
    FaultKind, Outcome,
    exchange::Exchange,
    model::BROKE_OFF,
    offline, tokens,
    wire::{
        answer::Usage,
        error::{Kind, ServiceError},
        frame::{Frame, FrameReader},
        request::ConverseRequest,
        target::Operation,
    },
};

impl Exchange {
    /// Passes a call on, unless the fault that it suffers is made here.
    pub(in crate::bedrock) async fn by_service(
        self,
        service: &AmazonBedrock,
        passage: Passage,
        fault: Option<FaultKind>,
    ) -> Response<Body> {
        match fault {
            None => self.pass_on(service, passage, fault).await,
            Some(FaultKind::StreamError) if self.target.operation == Operation::Converse => {
                self.fail(ServiceError::new(Kind::Model, BROKE_OFF))
            }
            Some(FaultKind::StreamError | FaultKind::LostAnswer) => {
                self.pass_on(service, passage, fault).await
            }
            Some(FaultKind::Garbage) => match ConverseRequest::parse(&passage.body) {
                Ok(request) => self.deliver(offline::garbage(&request), Outcome::Garbage),
                Err(error) => self.refuse(Outcome::Invalid, error),
            },
            Some(FaultKind::Throttle) => self.throttle(),
            Some(FaultKind::Error) => self.break_down(),
            Some(FaultKind::Timeout) => self.time_out().await,
        }
    }

    async fn pass_on(
        self,
        service: &AmazonBedrock,
        passage: Passage,
        fault: Option<FaultKind>,
    ) -> Response<Body> {
        let answer = match service.send(&passage).await {
            Ok(answer) => answer,
            Err(error) => return self.fail(error),
        };
        let streams = self.target.operation == Operation::ConverseStream && answer.status().is_success();
        if streams && fault != Some(FaultKind::LostAnswer) {
            self.stream_through(answer, &passage, fault == Some(FaultKind::StreamError))
        } else {
            self.hand_over(answer, fault == Some(FaultKind::LostAnswer)).await
        }
    }

    /// Gives the answer, a refusal too, once it is whole; an answer that is to be lost is only counted.
    async fn hand_over(mut self, answer: reqwest::Response, lost: bool) -> Response<Body> {
        let head = head_of(&answer);
        let status = answer.status();
        let body = match answer.bytes().await {
            Ok(body) => body,
            Err(error) => return self.fail(unanswered(&error)),
        };
        if !status.is_success() {
            tracing::info!(%status, "Amazon Bedrock refused a call");
            self.call.settle(outcome_of(status));
            return head.map(|()| Body::from(body));
        }
        let usage = match self.target.operation {
            Operation::Converse => Usage::of(&body),
            Operation::ConverseStream => FrameReader::default().push(&body).iter().find_map(Frame::usage),
        };
        if lost {
            return self.lose(usage.unwrap_or_default());
        }
        self.call.spend(usage.unwrap_or_default());
        self.call.settle(Outcome::Answered);
        head.map(|()| Body::from(body))
    }

    /// Gives the stream as it arrives, or only its beginning.
    fn stream_through(
        mut self,
        answer: reqwest::Response,
        passage: &Passage,
        broken: bool,
    ) -> Response<Body> {
        // Until the stream tells its usage; what the stand-in cannot read is not estimated.
        let input = ConverseRequest::parse(&passage.body).map_or(0, |request| tokens::of_request(&request));
        self.call.spend(Usage { input, output: 0 });
        let head = head_of(&answer);
        let bytes = answer.bytes_stream();
        if broken {
            head.map(|()| Body::from_stream(streams::beginning(self.call, bytes)))
        } else {
            head.map(|()| Body::from_stream(streams::whole(self.call, bytes)))
        }
    }
}

/// The status and the headers that belong to the answer and not to the connection.
fn head_of(answer: &reqwest::Response) -> Response<()> {
    let of_answer = |name: &HeaderName| *name == CONTENT_TYPE || name.as_str().starts_with("x-amz");
    let headers = answer.headers().iter().filter(|(name, _)| of_answer(name));
    let mut head = Response::new(());
    *head.status_mut() = answer.status();
    head.headers_mut().extend(headers.map(|(name, value)| (name.clone(), value.clone())));
    head
}

fn outcome_of(status: StatusCode) -> Outcome {
    match status {
        StatusCode::BAD_REQUEST => Outcome::Invalid,
        StatusCode::TOO_MANY_REQUESTS => Outcome::Throttled,
        StatusCode::REQUEST_TIMEOUT => Outcome::TimedOut,
        _ => Outcome::Failed,
    }
}
