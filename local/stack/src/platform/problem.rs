//! The platform's refusals, as `application/problem+json`.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::Response,
};
use serde_json::json;

/// Why the platform refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Problem {
    Unauthorized,
    InvalidLimit,
    InvalidCursor,
    NoSuchDataset,
    Unreadable,
    Failing,
    TooMany,
}

impl Problem {
    fn parts(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::Unauthorized => {
                (StatusCode::UNAUTHORIZED, "unauthorized", "The bearer token is missing or wrong.")
            }
            Self::InvalidLimit => {
                (StatusCode::BAD_REQUEST, "invalid_limit", "limit is a number from 1 to 100000.")
            }
            Self::InvalidCursor => {
                (StatusCode::BAD_REQUEST, "invalid_cursor", "The cursor is none of this dataset.")
            }
            Self::NoSuchDataset => (StatusCode::NOT_FOUND, "no_such_dataset", "There is no such dataset."),
            Self::Unreadable => {
                (StatusCode::INTERNAL_SERVER_ERROR, "unreadable", "The dataset cannot be read.")
            }
            Self::Failing => {
                (StatusCode::INTERNAL_SERVER_ERROR, "internal_error", "An internal error, on demand.")
            }
            Self::TooMany => {
                (StatusCode::TOO_MANY_REQUESTS, "too_many_requests", "Too many requests, on demand.")
            }
        }
    }

    pub(super) fn into_response(self) -> Response {
        let (status, code, detail) = self.parts();
        let title = status.canonical_reason().unwrap_or_default();
        let body = json!({ "title": title, "status": status.as_u16(), "code": code, "detail": detail });
        let mut response = Response::new(Body::from(body.to_string()));
        *response.status_mut() = status;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response
    }
}
