//! SQS's errors, under both their names: the shape of the JSON protocol, and the code of the older query
//! protocol, which the SDKs still tell errors by (`x-amzn-query-error`).

use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;

use crate::aws::{Service, ServiceError};

/// What is wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    NoSuchQueue,
    EmptyBatch,
    TooManyEntries,
    IdsNotDistinct,
    BatchTooLong,
    NotInFlight,
    InvalidValue,
    Missing,
    Unsupported,
}

impl Kind {
    /// The shape's name, and the query protocol's code and fault (both from SQS's Smithy model).
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::NoSuchQueue => {
                ("com.amazonaws.sqs#QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue;Sender")
            }
            Self::EmptyBatch => {
                ("com.amazonaws.sqs#EmptyBatchRequest", "AWS.SimpleQueueService.EmptyBatchRequest;Sender")
            }
            Self::TooManyEntries => (
                "com.amazonaws.sqs#TooManyEntriesInBatchRequest",
                "AWS.SimpleQueueService.TooManyEntriesInBatchRequest;Sender",
            ),
            Self::IdsNotDistinct => (
                "com.amazonaws.sqs#BatchEntryIdsNotDistinct",
                "AWS.SimpleQueueService.BatchEntryIdsNotDistinct;Sender",
            ),
            Self::BatchTooLong => {
                ("com.amazonaws.sqs#BatchRequestTooLong", "AWS.SimpleQueueService.BatchRequestTooLong;Sender")
            }
            Self::NotInFlight => {
                ("com.amazonaws.sqs#MessageNotInflight", "AWS.SimpleQueueService.MessageNotInflight;Sender")
            }
            Self::InvalidValue => ("com.amazonaws.sqs#InvalidParameterValue", "InvalidParameterValue;Sender"),
            Self::Missing => ("com.amazonaws.sqs#MissingParameter", "MissingParameter;Sender"),
            Self::Unsupported => (
                "com.amazonaws.sqs#UnsupportedOperation",
                "AWS.SimpleQueueService.UnsupportedOperation;Sender",
            ),
        }
    }
}

/// A request that is refused, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    kind: Kind,
    message: String,
}

impl Refusal {
    pub(super) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    pub(super) fn invalid(message: impl Into<String>) -> Self {
        Self::new(Kind::InvalidValue, message)
    }

    pub(super) fn missing(name: &str) -> Self {
        Self::new(Kind::Missing, format!("The request must contain the parameter {name}."))
    }

    /// The query protocol's code, as the entries of a batch carry it.
    pub(super) fn code(&self) -> &'static str {
        let (_, query) = self.kind.names();
        query.split(';').next().unwrap_or(query)
    }

    pub(super) fn message(&self) -> &str {
        &self.message
    }

    pub(super) fn into_response(self) -> Response {
        let (shape, query) = self.kind.names();
        let error = ServiceError::new(Service::Queue, shape, StatusCode::BAD_REQUEST, self.message);
        let mut response = error.into_response();
        response.headers_mut().insert("x-amzn-query-error", HeaderValue::from_static(query));
        response
    }
}
