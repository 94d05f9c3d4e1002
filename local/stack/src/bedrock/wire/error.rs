//! The service's errors: their names, HTTP statuses and bodies, and their form inside a stream.

use axum::{
    body::Body,
    http::{Response, StatusCode, header::CONTENT_TYPE},
};
use serde_json::{Value, json};

/// Which of the service's exceptions an error is (Bedrock API reference, Converse and `ConverseStream`, "Errors").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::bedrock) enum Kind {
    AccessDenied,
    Internal,
    Model,
    ModelStream,
    ModelTimeout,
    NotFound,
    ServiceUnavailable,
    Throttling,
    UnknownOperation,
    Validation,
}

impl Kind {
    fn name_and_status(self) -> (&'static str, StatusCode) {
        match self {
            Self::AccessDenied => ("AccessDeniedException", StatusCode::FORBIDDEN),
            Self::Internal => ("InternalServerException", StatusCode::INTERNAL_SERVER_ERROR),
            Self::Model => ("ModelErrorException", StatusCode::FAILED_DEPENDENCY),
            Self::ModelStream => ("ModelStreamErrorException", StatusCode::FAILED_DEPENDENCY),
            Self::ModelTimeout => ("ModelTimeoutException", StatusCode::REQUEST_TIMEOUT),
            Self::NotFound => ("ResourceNotFoundException", StatusCode::NOT_FOUND),
            Self::ServiceUnavailable => ("ServiceUnavailableException", StatusCode::SERVICE_UNAVAILABLE),
            Self::Throttling => ("ThrottlingException", StatusCode::TOO_MANY_REQUESTS),
            Self::UnknownOperation => ("UnknownOperationException", StatusCode::NOT_FOUND),
            Self::Validation => ("ValidationException", StatusCode::BAD_REQUEST),
        }
    }

    /// The `:exception-type` of this error within a stream. `ConverseStream`'s event union knows five exceptions
    /// only; whatever else goes wrong half-way is a `modelStreamErrorException`.
    fn exception_type(self) -> &'static str {
        match self {
            Self::Internal => "internalServerException",
            Self::ServiceUnavailable => "serviceUnavailableException",
            Self::Throttling => "throttlingException",
            Self::Validation => "validationException",
            _ => "modelStreamErrorException",
        }
    }
}

/// An error as the service gives it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub(in crate::bedrock) struct ServiceError {
    pub kind: Kind,
    pub message: String,
    /// The status that the model itself answered with, where there is one.
    pub original_status: Option<u16>,
}

impl ServiceError {
    pub(in crate::bedrock) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), original_status: None }
    }

    /// A refusal of the request itself, with the service's `ValidationException`.
    pub(in crate::bedrock) fn invalid(message: impl Into<String>) -> Self {
        Self::new(Kind::Validation, message)
    }

    /// The HTTP answer: status, `x-amzn-errortype` and a JSON message.
    pub(in crate::bedrock) fn into_response(self) -> Response<Body> {
        let (name, status) = self.kind.name_and_status();
        let mut response = Response::new(Body::from(self.body().to_string()));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert("x-amzn-errortype", http::HeaderValue::from_static(name));
        headers.insert(CONTENT_TYPE, http::HeaderValue::from_static("application/json"));
        response
    }

    /// The `:exception-type` and the payload of the frame that ends a stream with this error.
    pub(in crate::bedrock) fn into_exception(self) -> (&'static str, Value) {
        (self.kind.exception_type(), self.body())
    }

    fn body(&self) -> Value {
        let mut body = json!({ "message": self.message });
        if let Some(status) = self.original_status {
            body["originalStatusCode"] = status.into();
        }
        body
    }
}
