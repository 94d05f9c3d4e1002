//! What is served as it is: a body with its type, and the headers that hold for every page.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;

use super::assets::File;

/// Nothing from elsewhere, no inline scripts or styles; pictures may be made by the page itself (`blob:`). Scripts may
/// ask this machine's other ports, where uploads go and the partners' sandboxes are, and open the chat's WebSocket.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; \
    connect-src 'self' http://127.0.0.1:* ws://127.0.0.1:*; object-src 'none'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    // Kept, but asked about each time: a new build shows at once, an unchanged file costs no body.
    (header::CACHE_CONTROL, "no-cache"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // The address of a stream is a capability; it must not travel on.
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// A body that does not change while the process lives.
#[derive(Debug)]
pub(super) struct Resource {
    content_type: &'static str,
    body: Bytes,
    tag: String,
}

impl Resource {
    pub(super) fn new(content_type: &'static str, body: impl Into<Bytes>) -> Self {
        let body = body.into();
        let mut hasher = DefaultHasher::new();
        body.hash(&mut hasher);
        // It has to differ when the content does, not to withstand anyone.
        Self { content_type, tag: format!("\"{:016x}\"", hasher.finish()), body }
    }

    pub(super) fn of_file(file: &File) -> Self {
        Self::new(file.content_type(), file.body)
    }

    /// Whether the client has this very content already (RFC 9110 §13.1.2).
    fn is_known(&self, request: &HeaderMap) -> bool {
        let values = request.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        let mut tags = values.flat_map(|value| value.split(',')).map(str::trim);
        tags.any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == self.tag)
    }
}

/// Gives the resource, or 304 if the client has it.
pub(super) async fn serve(State(resource): State<Arc<Resource>>, request: HeaderMap) -> Response {
    let mut response = if resource.is_known(&request) {
        let mut unchanged = Response::new(Body::empty());
        *unchanged.status_mut() = StatusCode::NOT_MODIFIED;
        unchanged
    } else {
        let mut whole = Response::new(Body::from(resource.body.clone()));
        let content_type = HeaderValue::from_static(resource.content_type);
        whole.headers_mut().insert(header::CONTENT_TYPE, content_type);
        whole
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    if let Ok(tag) = HeaderValue::from_str(&resource.tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_known(tag: &str) -> bool {
        let mut request = HeaderMap::new();
        request.insert(header::IF_NONE_MATCH, HeaderValue::from_str(tag).unwrap());
        Resource::new("text/plain", "마루").is_known(&request)
    }

    #[test]
    fn a_client_knows_the_content_by_its_tag_in_any_form() {
        let tag = Resource::new("text/plain", "마루").tag;
        for known in [tag.clone(), format!("W/{tag}"), format!("\"a\", {tag}"), "*".to_owned()] {
            assert!(is_known(&known), "{known}");
        }
        for unknown in [String::new(), "\"a\"".to_owned(), tag.replace('"', "")] {
            assert!(!is_known(&unknown), "{unknown}");
        }
    }

    #[test]
    fn other_content_has_another_tag() {
        assert_ne!(Resource::new("text/plain", "마루").tag, Resource::new("text/plain", "마룻").tag);
    }
}
