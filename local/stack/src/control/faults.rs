//! Faults on demand: `{target, kind, times, …}`. The target `model` is the model endpoint's own; its fault
//! may name the `purpose` of the calls that it is meant for.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::Value;

use super::{Stack, json_answer, refusal};
use crate::bedrock;
use crate::faults::Fault;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ModelFault {
    #[serde(rename = "target")]
    _target: String,
    kind: bedrock::FaultKind,
    #[serde(default = "once")]
    times: u32,
    #[serde(default)]
    purpose: String,
}

fn once() -> u32 {
    1
}

/// The faults of services and partners that are still to happen.
pub(super) async fn get(State(parts): Stack) -> Response {
    json_answer(StatusCode::OK, &parts.faults.pending())
}

/// Adds a fault.
pub(super) async fn add(state: Stack, body: Bytes) -> Response {
    match push(&state, &body) {
        Ok(()) => get(state).await,
        Err(error) => refusal(StatusCode::BAD_REQUEST, &format!("not a fault: {error}")),
    }
}

/// Forgets all faults, the model's too.
pub(super) async fn clear(State(parts): Stack) -> Response {
    parts.faults.clear();
    parts.bedrock.clear_faults();
    get(State(parts)).await
}

fn push(State(parts): &Stack, body: &[u8]) -> Result<(), serde_json::Error> {
    let fault: Value = serde_json::from_slice(body)?;
    if fault.get("target").and_then(Value::as_str) == Some("model") {
        let fault: ModelFault = serde_json::from_value(fault)?;
        parts.bedrock.push_fault_for(fault.kind, fault.times, &fault.purpose);
    } else {
        parts.faults.push(serde_json::from_value::<Fault>(fault)?);
    }
    Ok(())
}
