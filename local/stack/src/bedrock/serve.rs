//! One request from its first byte to its last: received, entered in the log, answered.

use std::sync::Arc;

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderName, HeaderValue, Method, Response, request::Parts},
};
use bytes::Bytes;

use super::{
    Bedrock, Outcome, Source,
    amazon::Passage,
    exchange::Exchange,
    wire::{
        error::{Kind, ServiceError},
        request::{ConverseRequest, purpose_of},
        target::Target,
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
    let (head, body) = request.into_parts();
    let body = to_bytes(body, BODY_LIMIT).await;
    let purpose = body.as_ref().map(|body| purpose_of(body)).unwrap_or_default();
    let call = bedrock.calls.open(started, target.model_id.clone(), purpose.clone());
    let request_id = HeaderValue::try_from(call.request_id());
    let exchange = Exchange { bedrock, target, call, started };
    let mut response = match body {
        Ok(body) => answer(exchange, &purpose, &head, body).await,
        Err(error) => {
            let error = ServiceError::invalid(format!("The request body could not be read: {error}"));
            exchange.refuse(Outcome::Invalid, error)
        }
    };
    if let Ok(id) = request_id {
        // What the real service answered keeps the real id.
        response.headers_mut().entry(REQUEST_ID).or_insert(id);
    }
    response
}

async fn answer(exchange: Exchange, purpose: &str, head: &Parts, body: Bytes) -> Response<Body> {
    let bedrock = Arc::clone(&exchange.bedrock);
    match &bedrock.source {
        Source::Model(model) => match ConverseRequest::parse(&body) {
            Ok(request) => exchange.by_model(model, &request, bedrock.faults.take(purpose)).await,
            Err(error) => exchange.refuse(Outcome::Invalid, error),
        },
        // What is valid is for the service to say.
        Source::Service(service) => {
            exchange.by_service(service, Passage::of(head, body), bedrock.faults.take(purpose)).await
        }
    }
}
