//! The browser's request to sign in, and the way back.

use std::net::IpAddr;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use reqwest::Url;
use serde::Deserialize;

use super::{Codes, Grant};

/// The query of the authorize page. What a sandbox does not know is not read.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Authorize {
    pub client_id: Option<String>,
    pub redirect_uri: Option<String>,
    pub response_type: Option<String>,
    #[serde(default)]
    pub scope: String,
    pub state: Option<String>,
    pub code_challenge: Option<String>,
    pub code_challenge_method: Option<String>,
}

#[derive(Deserialize)]
struct Chosen {
    account: String,
}

/// Whom the page's form chose to be; empty for going back without signing in.
pub(crate) fn chosen_account(form: &[u8]) -> String {
    serde_html_form::from_bytes(form).map(|Chosen { account }| account).unwrap_or_default()
}

/// Why nobody can be sent back with a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// No application has this client id.
    UnknownClient,
    /// The application may not be called back there: only this machine is registered.
    WrongRedirect,
}

impl Authorize {
    /// Where the application of this client id wants to be called back.
    ///
    /// # Errors
    /// [`Refused`].
    pub(crate) fn callback(&self, client_id: &str) -> Result<Url, Refused> {
        if self.client_id.as_deref() != Some(client_id) {
            return Err(Refused::UnknownClient);
        }
        let callback = self.redirect_uri.as_deref().and_then(|uri| Url::parse(uri).ok());
        callback.filter(is_this_machine).ok_or(Refused::WrongRedirect)
    }

    /// Whether PKCE is asked for in a way that is not `S256`.
    pub(crate) fn has_weak_challenge(&self) -> bool {
        self.code_challenge.is_some() && self.code_challenge_method.as_deref() != Some("S256")
    }

    /// The way back to `callback` for whoever chose to be `account`, with a code of `codes`.
    pub(crate) fn granted(&self, callback: Url, account: String, codes: &Codes) -> Response {
        let code = codes.issue(Grant {
            account,
            redirect_uri: self.redirect_uri.clone().unwrap_or_default(),
            scope: self.scope.clone(),
            challenge: self.code_challenge.clone(),
        });
        self.back(callback, &[("code", &code)])
    }

    /// The way back to `callback` with these fields and the application's `state`.
    pub(crate) fn back(&self, mut callback: Url, fields: &[(&str, &str)]) -> Response {
        let state = self.state.as_deref().map(|state| ("state", state));
        callback.query_pairs_mut().extend_pairs(fields.iter().copied().chain(state));
        redirect(callback.as_str())
    }
}

/// Whether a URL is one that a browser opens on this machine.
pub(crate) fn is_this_machine(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let local = host == "localhost" || address.is_ok_and(|address| address.is_loopback());
    local && matches!(url.scheme(), "http" | "https")
}

/// A redirect of the browser.
pub(crate) fn redirect(to: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::FOUND;
    // A parsed URL is ASCII.
    if let Ok(location) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}
