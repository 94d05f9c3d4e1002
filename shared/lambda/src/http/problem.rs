//! Refusals: RFC 9457 `application/problem+json`. The mapping to HTTP exists here, once.

use ::http::{HeaderName, HeaderValue, StatusCode, header};
use bytes::Bytes;
use serde::Serialize;

use super::reply::Reply;
use crate::{BoxError, Invocation, StreamReply, logs};

/// One thing wrong with the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// Where: a JSON Pointer (RFC 6901) into the body, or `/name` of a query parameter; empty for the whole.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
}

/// A request that is not answered, and why.
#[derive(Debug)]
pub struct Problem {
    /// The HTTP status, which always tells the truth.
    pub status: StatusCode,
    /// A stable `snake_case` word for programs.
    pub code: &'static str,
    /// A sentence for people. For 5xx the client gets a constant one.
    pub detail: String,
    /// What is wrong with which field.
    pub errors: Vec<FieldError>,
    /// Further headers, such as `Retry-After`.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// What led to it, for the log only.
    pub source: Option<BoxError>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    #[serde(rename = "type")]
    kind: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    code: &'a str,
    request_id: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [FieldError],
}

impl Problem {
    /// A problem with a status, a code and a sentence.
    #[must_use]
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        let (errors, headers) = (Vec::new(), Vec::new());
        Self { status, code, detail: detail.into(), errors, headers, source: None }
    }

    /// 400: the request is wrong in a way that `code` names.
    #[must_use]
    pub fn bad_request(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, detail)
    }

    /// 401: no access token, or not a good one.
    #[must_use]
    pub fn unauthenticated() -> Self {
        let detail = "Send a valid access token as `Authorization: Bearer <token>`.";
        let problem = Self::new(StatusCode::UNAUTHORIZED, "unauthenticated", detail);
        problem.with_header(header::WWW_AUTHENTICATE, "Bearer")
    }

    /// 403: a good token, without the role that this needs.
    #[must_use]
    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", "Your account may not do this.")
    }

    /// 404: not there, or another person's.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "There is nothing here that you can see.")
    }

    /// 409: the state of things does not allow it.
    #[must_use]
    pub fn conflict(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, detail)
    }

    /// 500: something that should not happen did.
    #[must_use]
    pub fn internal(source: impl Into<BoxError>) -> Self {
        let problem = Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal_error", String::new());
        Self { source: Some(source.into()), ..problem }
    }

    /// 503: something that Maru needs does not answer; worth another try.
    #[must_use]
    pub fn unavailable(source: impl Into<BoxError>) -> Self {
        let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", String::new());
        Self { source: Some(source.into()), ..problem }.with_header(header::RETRY_AFTER, "1")
    }

    /// The same problem with what is wrong with which field.
    #[must_use]
    pub fn with_errors(mut self, errors: Vec<FieldError>) -> Self {
        self.errors = errors;
        self
    }

    /// The same problem with one more header; a value that cannot be one is left out.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: impl AsRef<str>) -> Self {
        if let Ok(value) = HeaderValue::from_str(value.as_ref()) {
            self.headers.push((name, value));
        }
        self
    }

    /// The answer. Logs what led to it: 5xx as errors with their causes, the rest quietly.
    pub fn into_reply(self, invocation: &Invocation) -> Reply {
        let (status, code) = (self.status.as_u16(), self.code);
        let cause = self.source.as_deref().map(|source| logs::chain(source));
        if self.status.is_server_error() {
            tracing::error!(status, code, cause, "request failed");
        } else {
            tracing::debug!(status, code, cause, "request refused");
        }
        let document = Document {
            kind: format!("urn:maru:problem:{code}"),
            title: self.status.canonical_reason().unwrap_or("Problem"),
            status,
            detail: if self.status.is_server_error() {
                "This is our fault; try again, and give us the requestId if it stays."
            } else {
                &self.detail
            },
            code,
            request_id: &invocation.request_id,
            errors: &self.errors,
        };
        let mut reply = Reply::json(self.status, &document);
        reply.headers.extend(self.headers);
        reply.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        reply
    }

    /// The answer of a streaming function.
    pub(crate) fn into_stream(self, invocation: &Invocation) -> StreamReply {
        let Reply { status, headers, body } = self.into_reply(invocation);
        let once = futures::stream::once(async move { Ok::<Bytes, BoxError>(body) });
        StreamReply { status, headers, body: Box::pin(once) }
    }
}
