//! API Gateway's event of a WebSocket API, and what a handler gets of it
//! (<https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html>).

use ::http::{HeaderMap, StatusCode};
use aws_lambda_events::apigw::ApiGatewayWebsocketProxyRequest;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::protocol;
use crate::authentication::Authentication;
use crate::http::input::{self, Input};
use crate::{Caller, InvokeError, Problem};

/// The longest message, in bytes, in either direction (WebSocket API quotas, "Message payload size"); more than
/// 32 KB of it have to come in several WebSocket frames, which API Gateway joins.
pub const MESSAGE_LIMIT: usize = 128 * 1024;

/// A WebSocket connection that begins.
#[derive(Clone, Debug)]
pub struct Connected<C> {
    /// Names the connection, until it ends.
    pub connection_id: String,
    /// Who connects.
    pub caller: C,
    /// The address of the client as the gateway saw it.
    pub source_ip: String,
    /// Now.
    pub now: Timestamp,
}

/// A WebSocket connection that has ended.
#[derive(Clone, Debug)]
pub struct Disconnected {
    /// The connection.
    pub connection_id: String,
    /// The WebSocket close code (RFC 6455 §7.4), if the gateway knows one: 1001 of a page that was left, 1006 of a
    /// line that broke.
    pub code: Option<i64>,
    /// When the connection began.
    pub connected_at: Timestamp,
    /// Now.
    pub now: Timestamp,
}

/// A message of a WebSocket connection: one frame, or what API Gateway has joined to one.
///
/// Always text: API Gateway ends a connection that sends a binary frame
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-binary-media-types.html>).
#[derive(Clone, Debug)]
pub struct Frame {
    /// The connection.
    pub connection_id: String,
    /// What it says, at most [`MESSAGE_LIMIT`] bytes.
    pub text: String,
    /// When the connection began.
    pub connected_at: Timestamp,
    /// Now.
    pub now: Timestamp,
}

impl Frame {
    /// The JSON object that the frame says, decoded and validated as the body of an HTTP request.
    ///
    /// # Errors
    /// 400 `invalid_json` or `invalid_body`, with what is wrong where; nobody but the handler tells the client.
    pub fn json<T: Input>(&self) -> Result<T, Problem> {
        input::decode_json(self.text.as_bytes())
    }
}

/// An event of any of the three kinds.
pub(super) struct Event {
    event: ApiGatewayWebsocketProxyRequest,
    connection_id: String,
    connected_at: Timestamp,
}

impl Event {
    pub(super) fn decode(event: Value) -> Result<Self, InvokeError> {
        use serde::de::Error;
        let event = ApiGatewayWebsocketProxyRequest::deserialize(event).map_err(InvokeError::Event)?;
        let connection_id = event.request_context.connection_id.clone();
        let missing = || InvokeError::Event(serde_json::Error::missing_field("connectionId"));
        let connected_at = Timestamp::from_millisecond(event.request_context.connected_at);
        let connected_at =
            connected_at.map_err(|error| InvokeError::Event(serde_json::Error::custom(error)))?;
        Ok(Self { event, connection_id: connection_id.ok_or_else(missing)?, connected_at })
    }

    /// The headers of the handshake; those that came several times are all there in the event's second map only.
    pub(super) fn headers(&self) -> &HeaderMap {
        let all = &self.event.multi_value_headers;
        if all.is_empty() { &self.event.headers } else { all }
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers().get(name)?.to_str().ok()
    }

    pub(super) fn connected<C: Caller>(
        &self,
        authentication: &Authentication,
        now: Timestamp,
    ) -> Result<Connected<C>, Problem> {
        let (caller, _) = authentication.caller(|| protocol::token(self), now)?;
        let source_ip = self.event.request_context.identity.source_ip.clone().unwrap_or_default();
        Ok(Connected { connection_id: self.connection_id.clone(), caller, source_ip, now })
    }

    pub(super) fn disconnected(self, now: Timestamp) -> Disconnected {
        let code = self.event.request_context.disconnect_status_code;
        Disconnected { connection_id: self.connection_id, code, connected_at: self.connected_at, now }
    }

    pub(super) fn frame(self, now: Timestamp) -> Result<Frame, Problem> {
        let text = text(self.event.body.unwrap_or_default(), self.event.is_base64_encoded)?;
        if text.len() > MESSAGE_LIMIT {
            let detail = format!("A message may have at most {MESSAGE_LIMIT} bytes.");
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", detail));
        }
        Ok(Frame { connection_id: self.connection_id, text, connected_at: self.connected_at, now })
    }
}

fn text(body: String, is_base64_encoded: bool) -> Result<String, Problem> {
    if !is_base64_encoded {
        return Ok(body);
    }
    let decoded = STANDARD.decode(body).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    decoded.ok_or_else(|| Problem::bad_request("invalid_body", "The frame is not a text."))
}
