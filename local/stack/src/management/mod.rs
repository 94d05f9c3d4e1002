//! API Gateway's management API: sends to WebSocket connections, describes and ends them
//! (<https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html>).
//!
//! A message is given to the client as text, and so refused if it is not UTF-8.

use std::sync::Arc;

use axum::body::Body;
use axum::http::StatusCode;
use axum::response::Response;
use futures::{FutureExt, future::BoxFuture};
use serde_json::json;

use crate::aws::target::connection_of;
use crate::aws::{AwsCall, AwsService, ErrorKind, Service, ServiceError, json_answer};
use crate::clock::LocalClock;
use crate::websocket::{Connection, Gone, MESSAGE_LIMIT, WebSockets};

/// The management API of all WebSocket APIs.
pub(crate) struct Management {
    sockets: Arc<WebSockets>,
    clock: LocalClock,
}

impl Management {
    pub(crate) fn new(sockets: &Arc<WebSockets>, clock: &LocalClock) -> Self {
        Self { sockets: Arc::clone(sockets), clock: clock.clone() }
    }

    async fn answer(&self, call: &AwsCall) -> Result<Response, ServiceError> {
        match call.operation.as_str() {
            "PostToConnection" => self.post(call).await,
            "GetConnection" => self.get(call),
            "DeleteConnection" => {
                self.connection(call)?.close().await.map_err(|Gone| gone())?;
                Ok(empty(StatusCode::NO_CONTENT))
            }
            other => Err(refused(format!("{other} is not part of the local stack."))),
        }
    }

    async fn post(&self, call: &AwsCall) -> Result<Response, ServiceError> {
        if call.body.len() > MESSAGE_LIMIT {
            let message = format!("a message may have at most {MESSAGE_LIMIT} bytes");
            return Err(ServiceError::of_kind(Service::Connections, ErrorKind::TooLarge, message));
        }
        let connection = self.connection(call)?;
        let text = std::str::from_utf8(&call.body).map_err(refused)?;
        connection.send(text.to_owned(), self.clock.now()).await.map_err(|Gone| gone())?;
        Ok(empty(StatusCode::OK))
    }

    fn get(&self, call: &AwsCall) -> Result<Response, ServiceError> {
        let connection = self.connection(call)?;
        let description = json!({
            "connectedAt": connection.connected_at,
            "identity": { "sourceIp": connection.source_ip, "userAgent": connection.user_agent },
            "lastActiveAt": connection.last_active(),
        });
        Ok(json_answer(description.to_string()))
    }

    /// The connection that a call names, if it is there and of the API and stage that the call names.
    fn connection(&self, call: &AwsCall) -> Result<Arc<Connection>, ServiceError> {
        let named =
            connection_of(call.parts.uri.path()).ok_or_else(|| refused("not a path of connections"))?;
        let found = self.sockets.get(&named.id);
        found
            .filter(|connection| (&connection.api, &connection.stage) == (&named.api, &named.stage))
            .ok_or_else(gone)
    }
}

fn gone() -> ServiceError {
    ServiceError::new(Service::Connections, "GoneException", StatusCode::GONE, "The connection is gone.")
}

fn refused(message: impl ToString) -> ServiceError {
    let status = StatusCode::BAD_REQUEST;
    ServiceError::new(Service::Connections, "BadRequestException", status, message.to_string())
}

fn empty(status: StatusCode) -> Response {
    let mut response = json_answer(Body::empty());
    *response.status_mut() = status;
    response
}

impl AwsService for Management {
    fn call(&self, call: AwsCall) -> BoxFuture<'_, Response> {
        async move { self.answer(&call).await.unwrap_or_else(ServiceError::into_response) }.boxed()
    }
}
