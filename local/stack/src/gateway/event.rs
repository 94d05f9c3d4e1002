//! A request as the event that API Gateway hands to a function (payload format 2.0), which is also that of
//! function URLs (<https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>).

use std::collections::BTreeMap;
use std::net::IpAddr;

use axum::http::{HeaderMap, header, request::Parts};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::routes::{Door, Route};
use crate::runtime::request_id;
use crate::template::ACCOUNT;

/// What is known of a request.
pub(super) struct Incoming<'a> {
    pub(super) parts: &'a Parts,
    pub(super) body: &'a [u8],
    pub(super) source: IpAddr,
    pub(super) now: Timestamp,
}

/// The event of a request for `route`.
pub(super) fn event(incoming: &Incoming<'_>, route: &Route, parameters: &BTreeMap<String, String>) -> Value {
    let parts = incoming.parts;
    let (headers, cookies) = headers(&parts.headers, incoming);
    let raw_query = parts.uri.query().unwrap_or_default();
    let route_key = if route.door == Door::Api { route.key.as_str() } else { "$default" };
    let mut event = json!({
        "version": "2.0",
        "routeKey": route_key,
        "rawPath": parts.uri.path(),
        "rawQueryString": raw_query,
        "headers": headers,
        "requestContext": context(incoming, route_key),
        "isBase64Encoded": false,
    });
    if !cookies.is_empty() {
        event["cookies"] = json!(cookies);
    }
    if !raw_query.is_empty() {
        event["queryStringParameters"] = json!(query(raw_query));
    }
    if route.door == Door::Api && !parameters.is_empty() {
        event["pathParameters"] = json!(parameters);
    }
    if !incoming.body.is_empty() {
        let text = std::str::from_utf8(incoming.body).ok().filter(|_| is_text(&parts.headers));
        event["isBase64Encoded"] = json!(text.is_none());
        event["body"] = text.map_or_else(|| STANDARD.encode(incoming.body).into(), Value::from);
    }
    event
}

fn context(incoming: &Incoming<'_>, route_key: &str) -> Value {
    let parts = incoming.parts;
    let host = text(&parts.headers, header::HOST.as_str()).unwrap_or("localhost");
    let domain = host.split(':').next().unwrap_or(host);
    json!({
        "accountId": ACCOUNT,
        "apiId": "local",
        "domainName": domain,
        "domainPrefix": domain.split('.').next(),
        "http": {
            "method": parts.method.as_str(),
            "path": parts.uri.path(),
            "protocol": "HTTP/1.1",
            "sourceIp": incoming.source.to_string(),
            "userAgent": text(&parts.headers, header::USER_AGENT.as_str()).unwrap_or_default(),
        },
        "requestId": request_id(),
        "routeKey": route_key,
        "stage": "$default",
        "time": incoming.now.strftime("%d/%b/%Y:%H:%M:%S +0000").to_string(),
        "timeEpoch": incoming.now.as_millisecond(),
    })
}

/// The headers in lower case, repeated ones joined by commas, and the cookies, which have a list of their own.
fn headers(headers: &HeaderMap, incoming: &Incoming<'_>) -> (Map<String, Value>, Vec<String>) {
    let mut joined: BTreeMap<String, String> = BTreeMap::new();
    let mut cookies = Vec::new();
    for (name, value) in headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        if name == header::COOKIE {
            cookies.extend(value.split(';').map(|cookie| cookie.trim().to_owned()));
            continue;
        }
        let all = joined.entry(name.as_str().to_owned()).or_default();
        if !all.is_empty() {
            all.push(',');
        }
        all.push_str(&value);
    }
    let forwarded = joined.entry("x-forwarded-for".to_owned()).or_default();
    let source = incoming.source.to_string();
    *forwarded = if forwarded.is_empty() { source } else { format!("{forwarded}, {source}") };
    joined.insert("x-forwarded-proto".to_owned(), "http".to_owned());
    (joined.into_iter().map(|(name, value)| (name, value.into())).collect(), cookies)
}

/// The parameters, decoded; the values of a repeated one are joined by commas.
fn query(raw: &str) -> BTreeMap<String, String> {
    let pairs: Vec<(String, String)> = serde_html_form::from_str(raw).unwrap_or_default();
    let mut joined: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in pairs {
        joined
            .entry(name)
            .and_modify(|all| {
                all.push(',');
                all.push_str(&value);
            })
            .or_insert(value);
    }
    joined
}

/// Whether the body is handed over as text: what an HTTP API takes for text by its content type.
fn is_text(headers: &HeaderMap) -> bool {
    let Some(content_type) = text(headers, header::CONTENT_TYPE.as_str()) else { return true };
    let media_type = content_type.split(';').next().unwrap_or_default().trim().to_lowercase();
    let text = ["application/json", "application/javascript", "application/xml"];
    media_type.starts_with("text/")
        || text.contains(&media_type.as_str())
        || media_type.ends_with("+json")
        || media_type.ends_with("+xml")
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
