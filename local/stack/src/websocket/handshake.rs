//! The beginning of a connection: `$connect` decides.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{ConnectInfo, OriginalUri, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};

use super::connection::{Client, Connection};
use super::run::{self, End};
use super::{Api, FRAME_LIMIT, Failure, MESSAGE_LIMIT, WebSockets, event, invoke};

/// Serves the handshake of a client.
pub(super) async fn answer(
    State((sockets, api)): State<(Arc<WebSockets>, Arc<Api>)>,
    ConnectInfo(source): ConnectInfo<SocketAddr>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let now = sockets.clock.now();
    let text =
        |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
    let host = text(header::HOST);
    let client = Client {
        host: host.split(':').next().unwrap_or(host).to_owned(),
        source_ip: source.ip().to_string(),
        user_agent: text(header::USER_AGENT).to_owned(),
    };
    let (connection, outgoing) = Connection::new(&api.resource.id, &api.resource.stage, client, now);
    let protocol = match admit(&api, event::connect(&connection, &headers, &uri, now)).await {
        Ok(protocol) => protocol,
        Err(status) => return refusal(status),
    };
    // Known before the client is, so that what is sent to it at once finds it.
    let connection = Arc::new(connection);
    sockets.add(&connection);
    let upgrade = upgrade.max_message_size(MESSAGE_LIMIT).max_frame_size(FRAME_LIMIT).write_buffer_size(0);
    let failed = (Arc::clone(&sockets), Arc::clone(&api), Arc::clone(&connection));
    let upgrade = upgrade.on_failed_upgrade(move |_| {
        let (sockets, api, connection) = failed;
        tokio::spawn(async move { run::end(&sockets, &api, &connection, &End::BROKEN).await });
    });
    let mut response = upgrade.on_upgrade(move |socket| run::run(sockets, api, connection, socket, outgoing));
    if let Some(protocol) = protocol {
        response.headers_mut().insert(header::SEC_WEBSOCKET_PROTOCOL, protocol);
    }
    response
}

/// Asks `$connect`: the subprotocol that it selects, or the status of its refusal. An API without such a route lets
/// everybody in.
async fn admit(api: &Api, event: Value) -> Result<Option<HeaderValue>, StatusCode> {
    let Some(lambda) = api.route("$connect") else { return Ok(None) };
    let lambda = lambda.as_ref().ok_or(StatusCode::BAD_GATEWAY)?;
    let answer = invoke(lambda, event).await.map_err(|failure| match failure {
        Failure::TookTooLong => StatusCode::GATEWAY_TIMEOUT,
        Failure::Failed => StatusCode::BAD_GATEWAY,
    })?;
    let status = answer.get("statusCode").and_then(Value::as_u64);
    let status = status.and_then(|status| StatusCode::from_u16(u16::try_from(status).ok()?).ok());
    let status = status.ok_or(StatusCode::BAD_GATEWAY)?;
    if !status.is_success() {
        return Err(status);
    }
    let headers = answer.get("headers").and_then(Value::as_object).into_iter().flatten();
    let mut protocols =
        headers.filter(|(name, _)| name.eq_ignore_ascii_case(header::SEC_WEBSOCKET_PROTOCOL.as_str()));
    let protocol = protocols.next().and_then(|(_, value)| value.as_str());
    Ok(protocol.and_then(|protocol| HeaderValue::from_str(protocol).ok()))
}

/// The gateway's own words: nothing of what the function said but the status.
fn refusal(status: StatusCode) -> Response {
    let message = match status {
        StatusCode::UNAUTHORIZED => "Unauthorized",
        StatusCode::FORBIDDEN => "Forbidden",
        other => other.canonical_reason().unwrap_or("Error"),
    };
    let mut response = Response::new(Body::from(json!({ "message": message }).to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
