//! kapi: who a token is of.
//!
//! A token says whose it is and until when, so that one which was stored before a restart is still good.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use jiff::Timestamp;
use serde_json::json as object;

use super::auth::TOKEN_SECONDS;
use super::{Kakao, json, people};
use crate::faults::{Fault, FaultKind};
use crate::sandbox::suffer::suffer;

/// What every token begins with.
const PREFIX: &str = "kakao-local.";

/// A token for the person of this id, good from `now` on.
pub(super) fn issue(id: &str, now: Timestamp) -> String {
    let end = now.as_second().saturating_add(TOKEN_SECONDS);
    format!("{PREFIX}{id}.{end}.{:032x}", rand::random::<u128>())
}

/// Whose token it is, and the token, if it is one and still good.
fn bearer<'h>(kakao: &Kakao, headers: &'h HeaderMap) -> Option<(i64, &'h str)> {
    let token = headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")?;
    let mut parts = token.strip_prefix(PREFIX)?.split('.');
    let (id, end) = (parts.next()?.parse().ok()?, parts.next()?.parse::<i64>().ok()?);
    let is_good = kakao.clock.now().as_second() < end && !kakao.tokens.is_revoked(token);
    is_good.then_some((id, token))
}

/// `/v2/user/me`.
pub(super) async fn me(State(kakao): State<Arc<Kakao>>, headers: HeaderMap) -> Response {
    let carry_out = async {
        let user = bearer(&kakao, &headers).and_then(|(id, _)| people::user(id));
        user.map_or_else(unknown_token, |user| json(StatusCode::OK, &user))
    };
    suffer(&kakao.faults, &["kakao/user", "kakao"], on_demand, carry_out).await
}

/// `/v1/user/unlink`: the person and the application are no longer connected, and all tokens end.
pub(super) async fn unlink(State(kakao): State<Arc<Kakao>>, headers: HeaderMap) -> Response {
    let carry_out = async {
        let Some((id, token)) = bearer(&kakao, &headers) else { return unknown_token() };
        kakao.tokens.revoke(&id.to_string(), token);
        json(StatusCode::OK, &object!({ "id": id }))
    };
    suffer(&kakao.faults, &["kakao/unlink", "kakao"], on_demand, carry_out).await
}

fn unknown_token() -> Response {
    refused(StatusCode::UNAUTHORIZED, -401, "this access token does not exist")
}

fn refused(status: StatusCode, code: i32, message: &str) -> Response {
    json(status, &object!({ "msg": message, "code": code }))
}

fn on_demand(fault: &Fault) -> Option<Response> {
    match fault.kind {
        FaultKind::Error => {
            Some(refused(StatusCode::SERVICE_UNAVAILABLE, -9798, "service is under maintenance, on demand"))
        }
        FaultKind::Throttle => {
            Some(refused(StatusCode::BAD_REQUEST, -10, "API limit has been exceeded, on demand"))
        }
        FaultKind::Unauthorized => Some(unknown_token()),
        _ => None,
    }
}
