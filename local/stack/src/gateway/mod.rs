//! The HTTP API and the function URLs, on one port.
//!
//! Left out: authorizers, stages, usage plans, and access logs.

mod answer;
mod event;
mod routes;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;

use crate::clock::LocalClock;
use crate::cors::{Cors, is_preflight};
use crate::runtime::{Admission, Functions};
use crate::template::Template;
use answer::message;
use event::Incoming;
use routes::{Door, Route, Routes};

/// The largest request body in bytes (HTTP API quotas).
const BODY_LIMIT: usize = 10 * 1024 * 1024;

/// How long an HTTP API waits for a function (HTTP API quotas, "Maximum integration timeout"). The function
/// goes on.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Everything between a request and its function.
pub(crate) struct Gateway {
    routes: Routes,
    cors: Option<Arc<Cors>>,
    clock: LocalClock,
}

impl Gateway {
    /// The gateway of the template's routes to the functions that run here.
    pub(crate) fn new(template: &Template, functions: &Functions, clock: &LocalClock) -> Self {
        let cors = template.cors.as_ref().map(|cors| Arc::new(Cors::read(cors)));
        let routes = Routes::of(functions.all(), cors.as_ref());
        Self { routes, cors, clock: clock.clone() }
    }

    /// Serves a request that is for none of the stack's own paths.
    pub(crate) async fn serve(
        State(gateway): State<Arc<Self>>,
        ConnectInfo(source): ConnectInfo<SocketAddr>,
        request: Request,
    ) -> Response {
        gateway.answer(source, request).await
    }

    async fn answer(&self, source: SocketAddr, request: Request) -> Response {
        let (parts, body) = request.into_parts();
        let path = parts.uri.path();
        if parts.method == Method::OPTIONS && is_preflight(&parts.headers) {
            let cors = self.routes.find_path(path).map_or(&self.cors, |route| &route.cors);
            if let Some(cors) = cors {
                return cors.preflight(&parts.headers);
            }
        }
        let Some((route, parameters)) = self.routes.find(parts.method.as_str(), path) else {
            return message(StatusCode::NOT_FOUND, "Not Found");
        };
        let Some(body) = read(body).await else {
            return message(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large");
        };
        let incoming = Incoming { parts: &parts, body: &body, source: source.ip(), now: self.clock.now() };
        let event = event::event(&incoming, route, &parameters);
        let mut response = invoke(route, event).await;
        if let Some(cors) = &route.cors {
            cors.apply(&parts.headers, response.headers_mut());
        }
        response
    }
}

async fn invoke(route: &Route, event: serde_json::Value) -> Response {
    let invoking = route.lambda.invoke(event, Admission::OrThrottle);
    if route.door == Door::Url {
        return answer::response(invoking.await, Door::Url);
    }
    match tokio::time::timeout(LONGEST_WAIT, invoking).await {
        Ok(answer) => answer::response(answer, Door::Api),
        Err(_) => message(StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable"),
    }
}

async fn read(body: Body) -> Option<axum::body::Bytes> {
    axum::body::to_bytes(body, BODY_LIMIT).await.ok()
}
