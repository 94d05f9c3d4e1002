//! Answers of HTTP functions.

use ::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::cookie::Cookie;

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

    /// 302: the client finds what it wants at `location`, an absolute URL or a path of the API.
    #[must_use]
    pub fn redirect(location: &str) -> Self {
        match HeaderValue::from_str(location) {
            Ok(location) => {
                Self::new(StatusCode::FOUND, "text/plain", "").with_header(header::LOCATION, location)
            }
            // A URL has neither control characters nor anything beyond ASCII.
            Err(error) => {
                tracing::error!(%error, "an answer leads to what is no URL");
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "application/json", "{}")
            }
        }
    }

    /// The same answer with this header, in place of others of its name.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// The same answer with one more cookie; one that cannot be written is left out, and the log says so.
    #[must_use]
    pub fn with_cookie(mut self, cookie: &Cookie) -> Self {
        match cookie.header() {
            Some(value) => drop(self.headers.append(header::SET_COOKIE, value)),
            None => tracing::error!("a cookie has signs that it may not have"),
        }
        self
    }

    /// In the form that API Gateway takes from a function (payload format 2.0): a header has one value, but
    /// cookies are a list of their own.
    pub(crate) fn into_gateway_answer(mut self) -> Value {
        let cookies = take_cookies(&mut self.headers);
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
            "cookies": cookies,
        })
    }
}

/// Takes the values of `Set-Cookie` out of the headers.
pub(crate) fn take_cookies(headers: &mut HeaderMap) -> Vec<String> {
    let cookies = headers.get_all(header::SET_COOKIE).iter();
    let cookies = cookies.filter_map(|cookie| cookie.to_str().ok().map(str::to_owned)).collect();
    headers.remove(header::SET_COOKIE);
    cookies
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn each_cookie_is_in_the_list_that_the_gateway_takes_and_none_among_the_headers() {
        let cookie = |name| Cookie::new(name, "1", Duration::ZERO);
        let reply = Reply::redirect("https://a.test/").with_cookie(&cookie("a")).with_cookie(&cookie("b"));
        let answer = reply.into_gateway_answer();
        let of = |name: &str| format!("{name}=1; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Strict");
        assert_eq!(answer["cookies"], json!([of("a"), of("b")]));
        assert_eq!(answer["statusCode"], 302);
        assert_eq!(answer["headers"]["location"], "https://a.test/");
        assert_eq!(answer["headers"].get("set-cookie"), None);
    }

    #[test]
    fn what_is_no_url_leads_nowhere() {
        let reply = Reply::redirect("https://a.test/\r\nset-cookie: b=1");
        assert_eq!(reply.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!reply.headers.contains_key(header::LOCATION));
    }
}
