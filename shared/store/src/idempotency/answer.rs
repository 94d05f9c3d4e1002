//! An answer as it is kept.

use ::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use maru_lambda::{Problem, Reply};
use serde::{Deserialize, Serialize};

/// An answer, whole.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl Answer {
    /// What is kept of `reply`.
    pub(super) fn of(reply: &Reply) -> Self {
        let headers = reply.headers.iter();
        let headers =
            headers.filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())));
        Self {
            status: reply.status.as_u16(),
            headers: headers.collect(),
            body: String::from_utf8_lossy(&reply.body).into_owned(),
        }
    }

    /// The answer once more, and that it is not the first time.
    pub(super) fn again(self) -> Result<Reply, Problem> {
        let status = StatusCode::from_u16(self.status).map_err(Problem::internal)?;
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(Problem::internal)?;
            headers.append(name, HeaderValue::from_str(value).map_err(Problem::internal)?);
        }
        headers.insert(HeaderName::from_static("idempotency-replayed"), HeaderValue::from_static("true"));
        Ok(Reply { status, headers, body: self.body.into() })
    }
}
