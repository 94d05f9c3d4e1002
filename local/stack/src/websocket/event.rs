//! The events of a WebSocket API
//! (<https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html>).

use std::collections::BTreeMap;

use axum::http::{HeaderMap, Uri};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::connection::{Connection, random_id};
use super::run::End;

/// The event of a handshake.
pub(super) fn connect(connection: &Connection, headers: &HeaderMap, uri: &Uri, now: Timestamp) -> Value {
    let mut all: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (name, value) in headers {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        all.entry(name.as_str()).or_default().push(value);
    }
    all.entry("x-forwarded-for").or_default().push(connection.source_ip.clone());
    let mut event = json!({
        "headers": last(&all),
        "multiValueHeaders": all,
        "requestContext": context(connection, "$connect", "CONNECT", now),
        "isBase64Encoded": false,
    });
    let pairs: Vec<(String, String)> =
        serde_html_form::from_str(uri.query().unwrap_or_default()).unwrap_or_default();
    if !pairs.is_empty() {
        let mut parameters: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (name, value) in &pairs {
            parameters.entry(name).or_default().push(value.clone());
        }
        event["queryStringParameters"] = last(&parameters);
        event["multiValueQueryStringParameters"] = json!(parameters);
    }
    event
}

/// The last value of each name.
fn last(all: &BTreeMap<&str, Vec<String>>) -> Value {
    let last = all.iter().filter_map(|(name, values)| Some(((*name).to_owned(), json!(values.last()?))));
    Value::Object(last.collect::<Map<_, _>>())
}

/// The event of a frame.
pub(super) fn message(connection: &Connection, route: &str, text: &str, now: Timestamp) -> Value {
    let mut context = context(connection, route, "MESSAGE", now);
    context["messageId"] = json!(random_id());
    json!({ "requestContext": context, "body": text, "isBase64Encoded": false })
}

/// The event of a connection's end.
pub(super) fn disconnect(connection: &Connection, end: &End, now: Timestamp) -> Value {
    let mut context = context(connection, "$disconnect", "DISCONNECT", now);
    context["disconnectStatusCode"] = json!(end.code);
    context["disconnectReason"] = json!(end.reason);
    let headers = BTreeMap::from([
        ("Host", vec![connection.host.clone()]),
        ("x-api-key", vec![String::new()]),
        ("X-Forwarded-For", vec![String::new()]),
        ("x-restapi", vec![String::new()]),
    ]);
    json!({
        "headers": last(&headers),
        "multiValueHeaders": headers,
        "requestContext": context,
        "isBase64Encoded": false,
    })
}

fn context(connection: &Connection, route: &str, kind: &str, now: Timestamp) -> Value {
    let id = random_id();
    json!({
        "routeKey": route,
        "eventType": kind,
        "extendedRequestId": id,
        "requestTime": now.strftime("%d/%b/%Y:%H:%M:%S +0000").to_string(),
        "messageDirection": "IN",
        "stage": connection.stage,
        "connectedAt": connection.connected_at.as_millisecond(),
        "requestTimeEpoch": now.as_millisecond(),
        "identity": { "userAgent": connection.user_agent, "sourceIp": connection.source_ip },
        "requestId": id,
        "domainName": connection.host,
        "connectionId": connection.id,
        "apiId": connection.api,
    })
}
