//! The WebSocket APIs, on the port of the HTTP API: holds the connections and tells the functions of them, as API
//! Gateway does.
//!
//! As there, `$connect` decides whether a connection begins; its frames are invocations of their own, which run side
//! by side and in no certain order; what a function answers to a frame reaches nobody; `$disconnect` is fired once
//! and never again, even if its function fails. A connection is ended by a binary frame (1003), by a frame or message
//! that is too long (1009), when nothing was said for ten minutes, and after two hours, both on the stack's clock. A
//! ping is not taken for something said. Here alone at most [`FRAMES_AT_ONCE`] frames of one connection are handled at
//! the same time; then the client has to wait, where on AWS the stage's throttling would refuse them.
//!
//! Left out: authorizers, route responses, throttling, the names of headers in the client's own case.

mod connection;
mod event;
mod handshake;
mod report;
mod run;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::routing::any;
use maru_lambda::Answer;
use serde_json::Value;

pub(crate) use connection::{Connection, Gone};
pub use report::ConnectionReport;

use crate::clock::LocalClock;
use crate::runtime::{Activity, Admission, Functions, Lambda};
use crate::template::{Template, WebSocketApi};

/// The longest message, in bytes (WebSocket API quotas, "Message payload size").
pub(crate) const MESSAGE_LIMIT: usize = 128 * 1024;

/// The longest frame of a client, in bytes (WebSocket API quotas, "WebSocket frame size").
const FRAME_LIMIT: usize = 32 * 1024;

/// How long an API waits for a function (WebSocket API quotas, "Integration timeout"). The function goes on.
const LONGEST_WAIT: Duration = Duration::from_secs(29);

/// How many frames of one connection are handled at the same time.
const FRAMES_AT_ONCE: usize = 64;

/// All WebSocket APIs and their connections.
pub(crate) struct WebSockets {
    apis: Vec<Arc<Api>>,
    connections: Mutex<HashMap<String, Arc<Connection>>>,
    clock: LocalClock,
    activity: Activity,
}

/// One API with its functions.
pub(crate) struct Api {
    resource: WebSocketApi,
    /// By the route's key; a function that does not run here is none.
    routes: HashMap<String, Option<Arc<Lambda>>>,
}

impl WebSockets {
    /// The template's APIs to the functions that run here.
    pub(crate) fn new(template: &Template, functions: &Functions, clock: &LocalClock) -> Self {
        let apis = template.websockets.iter().map(|resource| {
            let routes = resource.routes.iter().map(|route| {
                let lambda = functions.get(&route.function).ok().cloned();
                (route.key.clone(), lambda)
            });
            Arc::new(Api { resource: resource.clone(), routes: routes.collect() })
        });
        Self {
            apis: apis.collect(),
            connections: Mutex::default(),
            clock: clock.clone(),
            activity: functions.activity().clone(),
        }
    }

    /// The paths of the APIs.
    pub(crate) fn router(self: &Arc<Self>) -> Router {
        self.apis.iter().fold(Router::new(), |router, api| {
            let state = (Arc::clone(self), Arc::clone(api));
            router.merge(Router::new().route(&api.resource.path, any(handshake::answer)).with_state(state))
        })
    }

    /// A connection that is there.
    pub(crate) fn get(&self, id: &str) -> Option<Arc<Connection>> {
        self.lock().get(id).cloned()
    }

    /// What there is, the oldest first.
    pub(crate) fn report(&self) -> Vec<ConnectionReport> {
        let mut all: Vec<Arc<Connection>> = self.lock().values().cloned().collect();
        all.sort_by(|one, other| (one.connected_at, &one.id).cmp(&(other.connected_at, &other.id)));
        all.iter().map(|connection| connection.report()).collect()
    }

    /// Ends all connections without telling the functions, as when the whole region goes.
    pub(crate) fn shut(&self) {
        let all: Vec<Arc<Connection>> = self.lock().drain().map(|(_, connection)| connection).collect();
        all.iter().for_each(|connection| connection.abandon());
    }

    fn add(&self, connection: &Arc<Connection>) {
        self.lock().insert(connection.id.clone(), Arc::clone(connection));
    }

    /// Forgets a connection; false if that was done before.
    fn remove(&self, id: &str) -> bool {
        self.lock().remove(id).is_some()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Arc<Connection>>> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An invocation that gave no answer in time.
enum Failure {
    TookTooLong,
    /// The runtime has said in the log how.
    Failed,
}

impl Api {
    /// The function of a route that says exactly this.
    fn route(&self, key: &str) -> Option<&Option<Arc<Lambda>>> {
        self.routes.get(key)
    }

    /// The key of the route for a frame, and its function.
    fn route_of(&self, text: &str) -> Option<(&str, &Option<Arc<Lambda>>)> {
        let frame: Value = serde_json::from_str(text).unwrap_or_default();
        let named = frame.get(&self.resource.selector).and_then(Value::as_str);
        let of_its_own = named.filter(|name| !name.starts_with('$'));
        let found = of_its_own.and_then(|name| self.routes.get_key_value(name));
        let (key, lambda) = found.or_else(|| self.routes.get_key_value("$default"))?;
        Some((key, lambda))
    }
}

/// Invokes a route's function, as long as the gateway waits.
async fn invoke(lambda: &Arc<Lambda>, event: Value) -> Result<Value, Failure> {
    let invoking = lambda.invoke(event, Admission::OrThrottle);
    match tokio::time::timeout(LONGEST_WAIT, invoking).await {
        Ok(Ok(Answer::Value(answer))) => Ok(answer),
        Ok(Ok(Answer::Stream(_))) => Ok(Value::Null),
        Ok(Err(_)) => Err(Failure::Failed),
        Err(_) => Err(Failure::TookTooLong),
    }
}
