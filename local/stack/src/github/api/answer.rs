//! An answer's headers, and the short answer for whoever has it already.

use aws_lc_rs::digest::{SHA256, digest};
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LINK};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::Value;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub body: Vec<u8>,
    content_type: &'static str,
    /// The `Link` header.
    pub link: Option<String>,
}

impl Found {
    pub(super) fn json(value: Value) -> Self {
        let body = value.to_string().into_bytes();
        Self { body, content_type: "application/json; charset=utf-8", link: None }
    }

    /// A file's bytes, for whoever accepts `application/vnd.github.raw+json`.
    pub(super) fn raw(body: Vec<u8>) -> Self {
        Self { body, content_type: "application/vnd.github.raw+json; charset=utf-8", link: None }
    }

    pub(super) fn with_link(self, link: Option<String>) -> Self {
        Self { link, ..self }
    }

    fn etag(&self) -> String {
        let mut bytes = self.body.clone();
        bytes.extend_from_slice(self.link.as_deref().unwrap_or_default().as_bytes());
        let digest = digest(&SHA256, &bytes);
        let hexadecimal: String = digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        format!("W/\"{hexadecimal}\"")
    }
}

/// The response: 304 for a caller who names the answer's tag.
pub(super) fn finish(found: Found, asked: &HeaderMap) -> Response {
    let etag = found.etag();
    let known = asked.get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).unwrap_or_default();
    let unchanged = known.split(',').any(|tag| weak(tag) == weak(&etag));
    let mut response = Response::new(if unchanged { Body::empty() } else { Body::from(found.body) });
    if unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else {
        set(&mut response, CONTENT_TYPE, found.content_type);
    }
    set(&mut response, ETAG, &etag);
    set(&mut response, CACHE_CONTROL, "private, max-age=60, s-maxage=60");
    if let Some(link) = &found.link {
        set(&mut response, LINK, link);
    }
    response
}

/// Tags are compared as weak ones (RFC 9110, 13.1.2).
fn weak(tag: &str) -> &str {
    tag.trim().trim_start_matches("W/")
}

/// Sets a header to a text, unless it holds what no header may.
pub(super) fn set(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
