//! What a partner answered.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use reqwest::Url;
use serde::de::DeserializeOwned;

use crate::{PartnerError, link};

/// An answer, whole.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// Who answered.
    pub(crate) partner: &'static str,
    /// Its status; a redirect's only if it was not followed.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, as it was sent.
    pub body: Bytes,
    /// Where it came from, after redirects.
    pub url: Url,
}

impl Answer {
    /// The body, read as JSON.
    ///
    /// # Errors
    /// [`PartnerError::Content`] when it is none, or not of this shape.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, PartnerError> {
        serde_json::from_slice(&self.body).map_err(|error| self.broken(error))
    }

    /// A header's value, if it is there and is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok().map(str::trim)
    }

    /// A header's value, if it is a whole number.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<u64> {
        self.header(name)?.parse().ok()
    }

    /// How long the partner asks to be left alone: `Retry-After` in seconds. Its other form, a date, is not
    /// read; no partner of Maru sends it.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.number("retry-after").map(Duration::from_secs)
    }

    /// The target of the `Link` header with this relation, such as `next` (RFC 8288); verbatim, for
    /// [`Partner::follow`](crate::Partner::follow).
    #[must_use]
    pub fn link(&self, relation: &str) -> Option<&str> {
        self.headers
            .get_all("link")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .find_map(|value| link::target(value, relation))
    }

    /// The error for an answer that is not what the contract says, with what is wrong.
    pub fn broken(&self, source: impl Into<maru_lambda::BoxError>) -> PartnerError {
        PartnerError::Content { partner: self.partner, source: source.into() }
    }
}

/// Without headers and body, which may hold secrets.
impl fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { partner, status, body, .. } = self;
        write!(formatter, "Answer({partner}, {status}, {} bytes)", body.len())
    }
}
