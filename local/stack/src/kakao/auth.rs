//! kauth: signing in, and the exchange of a code for a token.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json as object;

use super::{CLIENT_ID, CLIENT_SECRET, Kakao, api, json, people};
use crate::faults::{Fault, FaultKind};
use crate::sandbox::sign_in::{Authorize, Refused, chosen_account, notice, page};
use crate::sandbox::suffer::suffer;

/// How long an access token is good, in seconds: six hours.
pub(super) const TOKEN_SECONDS: i64 = 21_599;

/// How long a refresh token is good, in seconds: two months.
const REFRESH_SECONDS: i64 = 5_183_999;

/// The page that asks who to sign in as.
pub(super) async fn ask(Query(asked): Query<Authorize>) -> Response {
    match asked.callback(CLIENT_ID) {
        Err(refused) => refusal(refused),
        Ok(_) if asked.response_type.as_deref() != Some("code") => {
            notice(StatusCode::BAD_REQUEST, "KOE201", "response_type은 code여야 합니다.")
        }
        Ok(callback) if asked.has_weak_challenge() => {
            asked.back(callback, &[("error", "invalid_request"), ("error_description", "S256 only")])
        }
        Ok(_) => page("카카오", &people::choices()),
    }
}

/// The way back to the application.
pub(super) async fn chosen(
    State(kakao): State<Arc<Kakao>>,
    Query(asked): Query<Authorize>,
    form: Bytes,
) -> Response {
    let account = chosen_account(&form);
    match asked.callback(CLIENT_ID) {
        Err(refused) => refusal(refused),
        Ok(callback) if account.is_empty() => {
            asked.back(callback, &[("error", "access_denied"), ("error_description", "User denied access")])
        }
        Ok(callback) => asked.granted(callback, account, &kakao.codes),
    }
}

fn refusal(refused: Refused) -> Response {
    match refused {
        Refused::UnknownClient => {
            notice(StatusCode::BAD_REQUEST, "KOE101", "client_id가 이 샌드박스의 것이 아닙니다.")
        }
        Refused::WrongRedirect => notice(
            StatusCode::BAD_REQUEST,
            "KOE006",
            "redirect_uri가 등록되지 않았습니다. 이 컴퓨터의 주소여야 합니다.",
        ),
    }
}

/// The form of the exchange.
#[derive(Debug, Default, Deserialize)]
struct Exchange {
    grant_type: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
    redirect_uri: Option<String>,
    code: Option<String>,
    code_verifier: Option<String>,
}

/// Gives the token for a code.
pub(super) async fn token(State(kakao): State<Arc<Kakao>>, form: Bytes) -> Response {
    let exchange: Exchange = serde_html_form::from_bytes(&form).unwrap_or_default();
    let carry_out = async { kakao.exchange(&exchange).unwrap_or_else(Failure::into_response) };
    suffer(&kakao.faults, &["kakao/token", "kakao"], on_demand, carry_out).await
}

/// Why there is no token: status, `error`, `error_code` (may be empty), `error_description`.
struct Failure(StatusCode, &'static str, &'static str, String);

impl Failure {
    fn into_response(self) -> Response {
        let Self(status, error, code, description) = self;
        let mut body = object!({ "error": error, "error_description": description });
        if !code.is_empty() {
            body["error_code"] = code.into();
        }
        json(status, &body)
    }
}

impl Kakao {
    fn exchange(&self, exchange: &Exchange) -> Result<Response, Failure> {
        check_client(exchange)?;
        let bad = |code, description: &str| {
            Failure(StatusCode::BAD_REQUEST, "invalid_grant", code, description.to_owned())
        };
        let code = exchange.code.as_deref().unwrap_or_default();
        let missing = || bad("KOE320", &format!("authorization code not found for code={code}"));
        let grant = self.codes.take(code).ok_or_else(missing)?;
        if exchange.redirect_uri.as_deref() != Some(grant.redirect_uri.as_str()) {
            return Err(bad("KOE303", "Redirect URI mismatch."));
        }
        // Which code Kakao gives for a wrong verifier is not documented.
        if !grant.is_proved_by(exchange.code_verifier.as_deref()) {
            return Err(missing());
        }
        let token = api::issue(&grant.account, self.clock.now());
        self.tokens.issue(&grant.account, &token);
        let answer = object!({
            "token_type": "bearer",
            "access_token": token,
            "expires_in": TOKEN_SECONDS,
            "refresh_token": format!("kakao-refresh.{:032x}", rand::random::<u128>()),
            "refresh_token_expires_in": REFRESH_SECONDS,
            "scope": "account_email profile_image profile_nickname",
        });
        Ok(json(StatusCode::OK, &answer))
    }
}

/// Whether it is the application that asks, for what the sandbox has.
fn check_client(exchange: &Exchange) -> Result<(), Failure> {
    let stranger = |code, description: String| {
        Err(Failure(StatusCode::UNAUTHORIZED, "invalid_client", code, description))
    };
    if exchange.grant_type.as_deref() != Some("authorization_code") {
        // Which error_code Kakao gives here is not documented.
        let description = "the sandbox knows the grant type authorization_code only".to_owned();
        return Err(Failure(StatusCode::BAD_REQUEST, "invalid_request", "", description));
    }
    if exchange.client_id.as_deref() != Some(CLIENT_ID) {
        let given = exchange.client_id.as_deref().unwrap_or_default();
        return stranger("KOE101", format!("Not exist client_id [{given}]"));
    }
    if exchange.client_secret.as_deref() != Some(CLIENT_SECRET) {
        return stranger("KOE010", "Bad client credentials".to_owned());
    }
    Ok(())
}

fn on_demand(fault: &Fault) -> Option<Response> {
    let failure =
        |status, error, code, text: &str| Some(Failure(status, error, code, text.to_owned()).into_response());
    match fault.kind {
        FaultKind::Error => {
            failure(StatusCode::INTERNAL_SERVER_ERROR, "server_error", "KOE003", "temporary, on demand")
        }
        FaultKind::Throttle => {
            failure(StatusCode::TOO_MANY_REQUESTS, "invalid_request", "KOE237", "too many, on demand")
        }
        FaultKind::Unauthorized => {
            failure(StatusCode::UNAUTHORIZED, "invalid_client", "KOE010", "Bad client credentials")
        }
        _ => None,
    }
}
