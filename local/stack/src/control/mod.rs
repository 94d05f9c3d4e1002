//! The control endpoints, `/_local/…`: what a person or a test does to the stack that no client of AWS could.

mod faults;
mod key;
mod listing;
mod tokens;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) use key::DevelopmentKey;
pub use listing::{FunctionReport, QueueReport};
pub use tokens::{DemoTokens, Tokens};

use crate::runtime::InvocationError;
use crate::stack::{Parts, RunError};

/// The control endpoints of a stack.
pub(crate) fn router(parts: Arc<Parts>) -> Router {
    Router::new()
        .route("/_local/tokens", get(get_tokens))
        .route("/_local/clock", get(get_clock).post(set_clock))
        .route("/_local/run/{function}", post(run))
        .route("/_local/model-calls", get(get_model_calls))
        .route("/_local/faults", get(faults::get).post(faults::add).delete(faults::clear))
        .route("/_local/functions", get(get_functions))
        .route("/_local/queues", get(get_queues))
        .route("/_local/connections", get(get_connections))
        .with_state(parts)
}

type Stack = State<Arc<Parts>>;

#[derive(Deserialize)]
struct Whose {
    lecturer: Option<String>,
}

async fn get_tokens(State(parts): Stack, Query(whose): Query<Whose>) -> Response {
    match parts.tokens.demo(whose.lecturer.as_deref()) {
        Ok(tokens) => json_answer(StatusCode::OK, &tokens),
        Err(error) => refusal(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

async fn get_clock(State(parts): Stack) -> Response {
    json_answer(StatusCode::OK, &json!({ "now": parts.clock.now() }))
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Move {
    To {
        now: Timestamp,
    },
    By {
        #[serde(rename = "advanceSeconds")]
        seconds: u64,
    },
}

async fn set_clock(State(parts): Stack, body: Bytes) -> Response {
    match serde_json::from_slice(&body) {
        Ok(Move::To { now }) => parts.clock.set(now),
        Ok(Move::By { seconds }) => parts.clock.advance(Duration::from_secs(seconds)),
        Err(_) => {
            let hint = r#"send {"now": "2026-01-01T00:00:00Z"} or {"advanceSeconds": 60}"#;
            return refusal(StatusCode::BAD_REQUEST, hint);
        }
    }
    get_clock(State(parts)).await
}

async fn run(State(parts): Stack, Path(function): Path<String>) -> Response {
    // On its own task, so that a client that hangs up stops nothing.
    let running = tokio::spawn(async move { parts.run_scheduled(&function).await });
    match running.await {
        Ok(Ok(run)) => {
            json_answer(StatusCode::OK, &json!({ "answer": run.answer, "later": run.settled.later }))
        }
        Ok(Err(error)) => {
            let status = match error {
                RunError::Invocation(InvocationError::Unknown { .. }) => StatusCode::NOT_FOUND,
                RunError::NotScheduled(..) => StatusCode::CONFLICT,
                RunError::Invocation(_) => StatusCode::INTERNAL_SERVER_ERROR,
                RunError::Unsettled(_) => StatusCode::GATEWAY_TIMEOUT,
            };
            refusal(status, &maru_lambda::logs::chain(&error))
        }
        Err(_) => refusal(StatusCode::INTERNAL_SERVER_ERROR, "the run broke off"),
    }
}

async fn get_model_calls(State(parts): Stack) -> Response {
    json_answer(StatusCode::OK, &parts.bedrock.calls())
}

async fn get_functions(State(parts): Stack) -> Response {
    json_answer(StatusCode::OK, &parts.functions())
}

async fn get_queues(State(parts): Stack) -> Response {
    json_answer(StatusCode::OK, &parts.queues())
}

async fn get_connections(State(parts): Stack) -> Response {
    json_answer(StatusCode::OK, &parts.connections())
}

fn json_answer(status: StatusCode, value: &impl Serialize) -> Response {
    let body = serde_json::to_vec(value).unwrap_or_default();
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn refusal(status: StatusCode, message: &str) -> Response {
    json_answer(status, &json!({ "message": message }))
}
