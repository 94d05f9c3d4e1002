//! A function's answer as the HTTP response.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maru_lambda::{Answer, StreamReply};
use serde_json::{Value, json};

use super::routes::Door;
use crate::runtime::InvocationError;

/// The largest answer of a function that is not streamed, in bytes (Lambda quotas, synchronous payload).
const LARGEST: usize = 6 * 1024 * 1024;

/// The response of one invocation.
pub(super) fn response(answer: Result<Answer, InvocationError>, door: Door) -> Response {
    match answer {
        Ok(Answer::Value(value)) => buffered(&value).unwrap_or_else(|problem| {
            tracing::error!(problem, "the function's answer is none for HTTP");
            failure(door)
        }),
        Ok(Answer::Stream(reply)) => streamed(reply),
        Err(InvocationError::Throttled(_)) => match door {
            Door::Api => message(StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable"),
            Door::Url => message(StatusCode::TOO_MANY_REQUESTS, "Rate Exceeded."),
        },
        Err(_) => failure(door),
    }
}

/// An answer of the gateway's own.
pub(super) fn message(status: StatusCode, message: &str) -> Response {
    let mut response = Response::new(Body::from(json!({ "message": message }).to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn failure(door: Door) -> Response {
    let status = match door {
        Door::Api => StatusCode::INTERNAL_SERVER_ERROR,
        Door::Url => StatusCode::BAD_GATEWAY,
    };
    message(status, "Internal Server Error")
}

fn streamed(reply: StreamReply) -> Response {
    let mut response = Response::new(Body::from_stream(reply.body));
    *response.status_mut() = reply.status;
    *response.headers_mut() = reply.headers;
    response
}

fn buffered(value: &Value) -> Result<Response, &'static str> {
    // Without a status the whole answer is the body (payload format 2.0).
    let Some(status) = value.get("statusCode") else {
        return Ok(inferred(value));
    };
    let status = status.as_u64().and_then(|status| u16::try_from(status).ok());
    let status = status.and_then(|status| StatusCode::from_u16(status).ok()).ok_or("not a status")?;
    let mut response = Response::new(Body::from(body(value)?));
    *response.status_mut() = status;
    let text = HeaderValue::from_static("text/plain;charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, text);
    for (name, value) in value.get("headers").and_then(Value::as_object).into_iter().flatten() {
        let name = HeaderName::try_from(name).map_err(|_| "not a header name")?;
        let value = value.as_str().map(str::to_owned).unwrap_or_else(|| value.to_string());
        response.headers_mut().insert(name, HeaderValue::try_from(value).map_err(|_| "not a header value")?);
    }
    for cookie in value.get("cookies").and_then(Value::as_array).into_iter().flatten() {
        let cookie = cookie.as_str().and_then(|cookie| HeaderValue::from_str(cookie).ok());
        response.headers_mut().append(header::SET_COOKIE, cookie.ok_or("not a cookie")?);
    }
    Ok(response)
}

fn inferred(value: &Value) -> Response {
    let mut response = Response::new(Body::from(value.to_string()));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn body(value: &Value) -> Result<Vec<u8>, &'static str> {
    let text = value.get("body").and_then(Value::as_str).unwrap_or_default();
    if text.len() > LARGEST {
        return Err("over 6 MB");
    }
    if value.get("isBase64Encoded") == Some(&Value::Bool(true)) {
        STANDARD.decode(text).map_err(|_| "not base64")
    } else {
        Ok(text.as_bytes().to_vec())
    }
}
