//! The exchange of a code for a token. Every answer is a 200, also one that says `error`; it is a form unless
//! the application accepts JSON.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use serde::Deserialize;

use super::super::token::Token;
use super::super::{CLIENT_ID, CLIENT_SECRET, GitHub};
use crate::faults::{Fault, FaultKind};
use crate::sandbox::suffer::{seconds, suffer};

const DOCUMENTATION: &str = "https://docs.github.com/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/";

#[derive(Debug, Default, Deserialize)]
struct Exchange {
    client_id: Option<String>,
    client_secret: Option<String>,
    code: Option<String>,
    redirect_uri: Option<String>,
    code_verifier: Option<String>,
}

/// The fields of an answer, in their order.
type Fields = Vec<(&'static str, String)>;

/// Gives the token for a code.
pub(super) async fn access_token(
    State(github): State<Arc<GitHub>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let carry_out = async { answer(&headers, github.exchange(&read(&headers, &body))) };
    suffer(&github.faults, &["github/token", "github"], |fault| on_demand(&headers, fault), carry_out).await
}

/// The fields of the request, a form or JSON; what cannot be read has none.
fn read(headers: &HeaderMap, body: &[u8]) -> Exchange {
    let is_json =
        headers.get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"application/json"));
    if is_json {
        serde_json::from_slice(body).unwrap_or_default()
    } else {
        serde_html_form::from_bytes(body).unwrap_or_default()
    }
}

impl GitHub {
    fn exchange(&self, exchange: &Exchange) -> Fields {
        let is_client = exchange.client_id.as_deref() == Some(CLIENT_ID)
            && exchange.client_secret.as_deref() == Some(CLIENT_SECRET);
        if !is_client {
            return error(
                "incorrect_client_credentials",
                "The client_id and/or client_secret passed are incorrect.",
            );
        }
        let Some(grant) = self.codes.take(exchange.code.as_deref().unwrap_or_default()) else {
            return error("bad_verification_code", "The code passed is incorrect or expired.");
        };
        if exchange.redirect_uri.as_ref().is_some_and(|uri| *uri != grant.redirect_uri) {
            return error(
                "redirect_uri_mismatch",
                "The redirect_uri MUST match the registered callback URL for this application.",
            );
        }
        // How GitHub calls this is not documented.
        if !grant.is_proved_by(exchange.code_verifier.as_deref()) {
            return error("bad_verification_code", "The code verifier does not match the code challenge.");
        }
        let token = Token::new(grant.account, &grant.scope);
        let (text, scope) = (token.write(), token.scopes.join(","));
        self.tokens.issue(&token.login, &text);
        vec![("access_token", text), ("scope", scope), ("token_type", "bearer".to_owned())]
    }
}

fn error(error: &str, description: &str) -> Fields {
    let uri = format!("{DOCUMENTATION}#{}", error.replace('_', "-"));
    vec![("error", error.to_owned()), ("error_description", description.to_owned()), ("error_uri", uri)]
}

fn answer(headers: &HeaderMap, fields: Fields) -> Response {
    let accepts = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (content_type, text) = if accepts.contains("application/json") {
        let object: serde_json::Map<_, _> =
            fields.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
        ("application/json; charset=utf-8", serde_json::Value::from(object).to_string())
    } else {
        // A list of texts can always be written.
        let form = serde_html_form::to_string(&fields).unwrap_or_default();
        ("application/x-www-form-urlencoded; charset=utf-8", form)
    };
    let mut response = Response::new(Body::from(text));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

fn on_demand(headers: &HeaderMap, fault: &Fault) -> Option<Response> {
    let failing = |status| {
        let mut response = Response::new(Body::from("on demand"));
        *response.status_mut() = status;
        response
    };
    match fault.kind {
        FaultKind::Error => Some(failing(StatusCode::BAD_GATEWAY)),
        FaultKind::Throttle => {
            let mut response = failing(StatusCode::TOO_MANY_REQUESTS);
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds(fault)));
            Some(response)
        }
        FaultKind::Unauthorized => Some(answer(
            headers,
            error("incorrect_client_credentials", "The client credentials are incorrect, on demand."),
        )),
        _ => None,
    }
}
