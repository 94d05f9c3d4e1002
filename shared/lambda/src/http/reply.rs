//! Answers of HTTP functions.

use ::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// An answer: status, headers, body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Reply {
    /// A JSON answer. Answers are personal, so nothing between here and the client may keep them.
    #[must_use]
    pub fn json(status: StatusCode, value: &impl Serialize) -> Self {
        match serde_json::to_vec(value) {
            Ok(body) => Self::new(status, "application/json", body),
            // Only a type whose keys are not strings or whose own code fails cannot be written.
            Err(error) => {
                tracing::error!(%error, "an answer could not be written as JSON");
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "application/json", "{}")
            }
        }
    }

    /// An answer of some media type.
    #[must_use]
    pub fn new(status: StatusCode, media_type: &'static str, body: impl Into<Bytes>) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        Self { status, headers, body: body.into() }
    }

    /// The same answer with one more header.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// In the form that API Gateway takes from a function (payload format 2.0).
    pub(crate) fn into_gateway_answer(self) -> Value {
        let headers: Map<String, Value> = self
            .headers
            .iter()
            .filter_map(|(name, value)| Some((name.to_string(), json!(value.to_str().ok()?))))
            .collect();
        let (body, is_base64_encoded) = match String::from_utf8(self.body.into()) {
            Ok(text) => (text, false),
            Err(error) => (STANDARD.encode(error.as_bytes()), true),
        };
        json!({
            "statusCode": self.status.as_u16(),
            "headers": headers,
            "body": body,
            "isBase64Encoded": is_base64_encoded,
            "cookies": [],
        })
    }
}

/// 200 with a JSON body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Json<T>(pub T);

/// 201 with a JSON body: made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created<T>(pub T);

/// 202 with a JSON body: taken up, to be done by a worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted<T>(pub T);

/// 204: done, and nothing to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoContent;

impl<T: Serialize> From<Json<T>> for Reply {
    fn from(Json(value): Json<T>) -> Self {
        Self::json(StatusCode::OK, &value)
    }
}

impl<T: Serialize> From<Created<T>> for Reply {
    fn from(Created(value): Created<T>) -> Self {
        Self::json(StatusCode::CREATED, &value)
    }
}

impl<T: Serialize> From<Accepted<T>> for Reply {
    fn from(Accepted(value): Accepted<T>) -> Self {
        Self::json(StatusCode::ACCEPTED, &value)
    }
}

impl From<NoContent> for Reply {
    fn from(NoContent: NoContent) -> Self {
        Self { status: StatusCode::NO_CONTENT, headers: HeaderMap::new(), body: Bytes::new() }
    }
}
