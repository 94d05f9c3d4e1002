//! GitHub's refusals, in their several shapes.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::http::{HeaderName, StatusCode};
use axum::response::Response;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::answer::set;
use super::limits::Allowance;
use crate::faults::{Fault, FaultKind};
use crate::sandbox::suffer::seconds;

const DOCUMENTATION: &str = "https://docs.github.com/rest";

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    status: StatusCode,
    body: Value,
    headers: Vec<(HeaderName, String)>,
}

impl Refusal {
    /// The basic shape.
    pub(super) fn plain(status: StatusCode, message: &str) -> Self {
        let body =
            json!({ "message": message, "documentation_url": DOCUMENTATION, "status": status.as_str() });
        Self { status, body, headers: Vec::new() }
    }

    pub(super) fn not_found() -> Self {
        Self::plain(StatusCode::NOT_FOUND, "Not Found")
    }

    pub(super) fn internal() -> Self {
        Self::plain(StatusCode::INTERNAL_SERVER_ERROR, "Server Error")
    }

    pub(super) fn bad_credentials() -> Self {
        Self::plain(StatusCode::UNAUTHORIZED, "Bad credentials")
    }

    pub(super) fn requires_authentication() -> Self {
        Self::plain(StatusCode::UNAUTHORIZED, "Requires authentication")
    }

    /// A repository without a commit.
    pub(super) fn empty_repository() -> Self {
        Self::plain(StatusCode::CONFLICT, "Git Repository is empty.")
    }

    /// A field that cannot be used; for a combination of fields the text form.
    pub(super) fn invalid(field: &str, code: &str) -> Self {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        let errors = json!([{ "resource": "Search", "field": field, "code": code }]);
        let body = json!({ "message": "Validation Failed", "errors": errors, "documentation_url": DOCUMENTATION, "status": "422" });
        Self { status, body, headers: Vec::new() }
    }

    /// The simple form of a validation's failure: a text.
    pub(super) fn invalid_text(text: &str) -> Self {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        let body = json!({ "message": "Validation Failed", "errors": [text], "documentation_url": DOCUMENTATION, "status": "422" });
        Self { status, body, headers: Vec::new() }
    }

    /// A repository that has another name by now.
    pub(super) fn moved(url: &str) -> Self {
        let body = json!({ "message": "Moved Permanently", "url": url, "documentation_url": DOCUMENTATION });
        Self { status: StatusCode::MOVED_PERMANENTLY, body, headers: vec![(LOCATION, url.to_owned())] }
    }

    /// The hour's requests are spent.
    pub(super) fn primary_limit(allowance: &Allowance) -> Self {
        let message = "API rate limit exceeded for the user of this token.";
        Self { headers: allowance.headers(), ..Self::plain(StatusCode::FORBIDDEN, message) }
    }

    pub(super) fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body.to_string()));
        *response.status_mut() = self.status;
        set(&mut response, CONTENT_TYPE, "application/json; charset=utf-8");
        for (name, value) in self.headers {
            set(&mut response, name, &value);
        }
        response
    }
}

/// What GitHub answers to a call that a fault was asked for.
pub(super) fn on_demand(fault: &Fault, now: Timestamp) -> Option<Response> {
    let wait = vec![(RETRY_AFTER, seconds(fault).to_string())];
    let refusal = match fault.kind {
        FaultKind::Error => Refusal::plain(StatusCode::BAD_GATEWAY, "Server Error, on demand."),
        FaultKind::Unauthorized => Refusal::bad_credentials(),
        FaultKind::Throttle => Refusal {
            headers: wait,
            ..Refusal::plain(StatusCode::TOO_MANY_REQUESTS, "Too many requests, on demand.")
        },
        FaultKind::SecondaryLimit => {
            let message =
                "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
            Refusal { headers: wait, ..Refusal::plain(StatusCode::FORBIDDEN, message) }
        }
        FaultKind::PrimaryLimit => Refusal::primary_limit(&Allowance::spent_until(now, fault.delay())),
        FaultKind::NotReady => Refusal { status: StatusCode::ACCEPTED, body: json!({}), headers: Vec::new() },
        _ => return None,
    };
    Some(refusal.into_response())
}
