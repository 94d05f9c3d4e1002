//! Lambda's API: a function that calls another one (`Invoke`, `RequestResponse`).
//!
//! Left out: asynchronous calls (`Event`), versions and aliases, the log's tail.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use futures::{FutureExt, future::BoxFuture};
use maru_lambda::Answer;
use serde_json::{Value, json};

use super::{Admission, InvocationError, Lambda};
use crate::aws::{AwsCall, AwsService, Service, ServiceError, target::function_of};
use crate::stack::Parts;

/// The largest request or answer, in bytes (Lambda quotas, synchronous payload).
const LARGEST: usize = 6 * 1024 * 1024;

/// Lambda's API over the functions that run here.
pub(crate) struct Invocations(Arc<Parts>);

impl Invocations {
    pub(crate) fn new(parts: &Arc<Parts>) -> Self {
        Self(Arc::clone(parts))
    }

    async fn answer(&self, call: &AwsCall) -> Result<Response, ServiceError> {
        let (lambda, event) = (self.called(call)?, event(call)?);
        match lambda.invoke(event, Admission::OrThrottle).await {
            Ok(Answer::Value(answer)) => answered(answer.to_string(), None),
            Ok(Answer::Stream(_)) => Err(refused("InvalidRequestContentException", "it streams its answer")),
            Err(error @ InvocationError::Throttled(_)) => {
                Err(error_of("TooManyRequestsException", StatusCode::TOO_MANY_REQUESTS, error))
            }
            // What the function failed with is an answer, too: the call itself went well.
            Err(error) => {
                let document = json!({ "errorType": "Unhandled", "errorMessage": error.chain() });
                answered(document.to_string(), Some("Unhandled"))
            }
        }
    }

    fn called(&self, call: &AwsCall) -> Result<&Arc<Lambda>, ServiceError> {
        let kind = call.parts.headers.get("x-amz-invocation-type");
        if kind.is_some_and(|kind| kind != "RequestResponse") {
            return Err(refused("InvalidParameterValueException", "only RequestResponse is known here"));
        }
        let name = function_of(call.parts.uri.path()).unwrap_or_default();
        let found = self.0.functions.get(&name);
        found.map_err(|error| error_of("ResourceNotFoundException", StatusCode::NOT_FOUND, error))
    }
}

fn event(call: &AwsCall) -> Result<Value, ServiceError> {
    if call.body.len() > LARGEST {
        return Err(error_of("RequestTooLargeException", StatusCode::PAYLOAD_TOO_LARGE, "over 6 MB"));
    }
    if call.body.is_empty() {
        return Ok(json!({}));
    }
    serde_json::from_slice(&call.body).map_err(|error| refused("InvalidRequestContentException", error))
}

fn answered(payload: String, function_error: Option<&'static str>) -> Result<Response, ServiceError> {
    if payload.len() > LARGEST {
        let document = json!({
            "errorType": "Function.ResponseSizeTooLarge",
            "errorMessage": "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
        });
        return Ok(response(document.to_string(), Some("Unhandled")));
    }
    Ok(response(payload, function_error))
}

fn response(payload: String, function_error: Option<&'static str>) -> Response {
    let mut response = crate::aws::json_answer(Body::from(payload));
    let mut set = |name, value| {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    };
    set("content-type", "application/json");
    set("x-amz-executed-version", "$LATEST");
    if let Some(error) = function_error {
        set("x-amz-function-error", error);
    }
    response
}

fn refused(code: &'static str, message: impl ToString) -> ServiceError {
    error_of(code, StatusCode::BAD_REQUEST, message)
}

fn error_of(code: &'static str, status: StatusCode, message: impl ToString) -> ServiceError {
    ServiceError::new(Service::Functions, code, status, message.to_string())
}

impl AwsService for Invocations {
    fn call(&self, call: AwsCall) -> BoxFuture<'_, Response> {
        async move { self.answer(&call).await.unwrap_or_else(ServiceError::into_response) }.boxed()
    }
}
