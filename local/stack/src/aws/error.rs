//! Errors that the endpoint itself gives, in the words and the protocol of each service.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::Response,
};
use serde_json::json;

use super::Service;

/// What went wrong, whichever the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ErrorKind {
    /// No permission.
    AccessDenied,
    /// Too many calls; the SDK repeats it after a pause.
    Throttled,
    /// The service is broken; the SDK repeats it.
    Internal,
    /// The body is over its limit.
    TooLarge,
}

/// An error with a service's own code, status and form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct ServiceError {
    service: Service,
    code: &'static str,
    status: StatusCode,
    message: String,
}

impl ServiceError {
    /// An error of a service of the JSON protocols. `code` is the error's shape name with its namespace, such
    /// as `com.amazonaws.sqs#QueueDoesNotExist`.
    pub fn new(service: Service, code: &'static str, status: StatusCode, message: impl Into<String>) -> Self {
        Self { service, code, status, message: message.into() }
    }

    pub(crate) fn of_kind(service: Service, kind: ErrorKind, message: impl Into<String>) -> Self {
        let (code, status) = code_and_status(service, kind);
        Self::new(service, code, status, message)
    }

    /// The HTTP answer.
    pub fn into_response(self) -> Response {
        let (content_type, body) = match self.service {
            Service::Objects => ("application/xml", self.xml()),
            Service::Model | Service::Functions | Service::Connections => {
                ("application/json", json!({ "message": self.message }).to_string())
            }
            _ => (
                "application/x-amz-json-1.0",
                json!({ "__type": self.code, "message": self.message }).to_string(),
            ),
        };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.status;
        stamp(&mut response, content_type);
        let name = self.code.rsplit('#').next().unwrap_or(self.code);
        response.headers_mut().insert("x-amzn-errortype", HeaderValue::from_static(name));
        response
    }

    fn xml(&self) -> String {
        let message = self.message.replace('&', "&amp;").replace('<', "&lt;");
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{}</Code><Message>{message}</Message></Error>",
            self.code
        )
    }
}

/// Gives an answer what every answer has: its type and a request id.
pub(super) fn stamp(response: &mut Response, content_type: &'static str) {
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    if let Ok(id) = HeaderValue::from_str(&ulid::Ulid::generate().to_string()) {
        headers.insert("x-amzn-requestid", id);
    }
}

/// The code and status of each service (its API reference, "Common Errors" and the errors of its operations).
fn code_and_status(service: Service, kind: ErrorKind) -> (&'static str, StatusCode) {
    use Service::{Connections, Database, Events, Functions, Keys, Model, Objects, Parameters, Queue};
    let code = match (kind, service) {
        (ErrorKind::AccessDenied, Connections) => "ForbiddenException",
        (ErrorKind::Throttled, Connections) => "LimitExceededException",
        (ErrorKind::Internal, Connections) => "InternalServerErrorException",
        (ErrorKind::TooLarge, Connections) => "PayloadTooLargeException",
        (ErrorKind::AccessDenied, Objects) => "AccessDenied",
        (ErrorKind::AccessDenied, Model | Functions) => "AccessDeniedException",
        (ErrorKind::AccessDenied, _) => "com.amazon.coral.service#AccessDeniedException",
        (ErrorKind::Throttled, Database) => {
            "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"
        }
        (ErrorKind::Throttled, Queue) => "com.amazonaws.sqs#RequestThrottled",
        (ErrorKind::Throttled, Objects) => "SlowDown",
        (ErrorKind::Throttled, Functions) => "TooManyRequestsException",
        (ErrorKind::Throttled, Events | Parameters | Keys | Model) => "ThrottlingException",
        (ErrorKind::Internal, Database) => "com.amazonaws.dynamodb.v20120810#InternalServerError",
        (ErrorKind::Internal, Events) => "com.amazonaws.events#InternalException",
        (ErrorKind::Internal, Parameters) => "com.amazonaws.ssm#InternalServerError",
        (ErrorKind::Internal, Keys) => "KMSInternalException",
        (ErrorKind::Internal, Functions) => "ServiceException",
        (ErrorKind::Internal, Queue) => "com.amazon.coral.service#InternalFailure",
        (ErrorKind::Internal, Model) => "InternalServerException",
        (ErrorKind::Internal, Objects) => "InternalError",
        (ErrorKind::TooLarge, Objects) => "EntityTooLarge",
        (ErrorKind::TooLarge, _) => "com.amazon.coral.service#RequestEntityTooLargeException",
    };
    (code, status(service, kind))
}

fn status(service: Service, kind: ErrorKind) -> StatusCode {
    match (kind, service) {
        (
            ErrorKind::AccessDenied,
            Service::Database | Service::Events | Service::Parameters | Service::Keys,
        ) => StatusCode::BAD_REQUEST,
        (ErrorKind::AccessDenied, _) => StatusCode::FORBIDDEN,
        (ErrorKind::Throttled, Service::Objects) => StatusCode::SERVICE_UNAVAILABLE,
        (ErrorKind::Throttled, Service::Model | Service::Functions | Service::Connections) => {
            StatusCode::TOO_MANY_REQUESTS
        }
        (ErrorKind::Throttled, _) | (ErrorKind::TooLarge, Service::Objects) => StatusCode::BAD_REQUEST,
        (ErrorKind::Internal, _) => StatusCode::INTERNAL_SERVER_ERROR,
        (ErrorKind::TooLarge, _) => StatusCode::PAYLOAD_TOO_LARGE,
    }
}
