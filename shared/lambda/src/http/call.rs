//! A request, decoded and authorised.

use ::http::HeaderMap;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::cookie;
use super::input::Nothing;

/// What a handler of an HTTP function is called with: `Call<Caller, Path, Query, Body>`.
///
/// It exists only for a caller who may, and for input that is valid.
#[derive(Clone, Debug)]
pub struct Call<C, P = Nothing, Q = Nothing, B = Nothing> {
    /// Who calls.
    pub caller: C,
    /// The parameters of the path.
    pub path: P,
    /// The parameters of the query string.
    pub query: Q,
    /// The JSON body.
    pub body: B,
    /// The rest of the request.
    pub request: Request,
}

/// What is left of a request when its path, query, body and caller are taken.
#[derive(Clone, Debug)]
pub struct Request {
    /// When the request was taken up.
    pub now: Timestamp,
    /// The path as the client sent it. Function URLs have no routes, so their functions read it themselves.
    pub raw_path: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The cookies, each `name=value`.
    pub cookies: Vec<String>,
    /// The address of the client as the gateway saw it.
    pub source_ip: String,
    /// SHA-256 of method, path, query and body: two requests that ask for the same have the same.
    pub fingerprint: String,
    /// The calling account's id; none for a guest.
    pub account: Option<String>,
}

impl Request {
    /// The text of a header; none when it is absent or not ASCII.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The value of a cookie; none when the client has none of this name.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        cookie::find(&self.cookies, name)
    }
}

pub(super) fn fingerprint(parts: [&[u8]; 4]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        // The length keeps ("ab", "c") apart from ("a", "bc").
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
