//! `DELETE /applications/{client_id}/grant`: an application gives back what a person granted it.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::refusal::{self, Refusal};
use crate::github::token::Token;
use crate::github::{CLIENT_ID, CLIENT_SECRET, GitHub};
use crate::sandbox::suffer::suffer;

#[derive(Deserialize)]
struct Grant {
    access_token: String,
}

/// Ends all tokens of the person whose token the body names.
pub(super) async fn delete(
    State(github): State<Arc<GitHub>>,
    Path(client_id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let now = github.clock.now();
    let carry_out = async {
        let given_back = github.give_back(&client_id, &headers, &body);
        given_back.err().map_or_else(no_content, Refusal::into_response)
    };
    let on_demand = |fault: &_| refusal::on_demand(fault, now);
    suffer(&github.faults, &["github/grant", "github"], on_demand, carry_out).await
}

impl GitHub {
    fn give_back(&self, client_id: &str, headers: &HeaderMap, body: &[u8]) -> Result<(), Refusal> {
        let credentials = format!("Basic {}", STANDARD.encode(format!("{CLIENT_ID}:{CLIENT_SECRET}")));
        if headers.get(AUTHORIZATION).is_none_or(|given| given.as_bytes() != credentials.as_bytes()) {
            return Err(Refusal::bad_credentials());
        }
        let Grant { access_token } =
            serde_json::from_slice(body).map_err(|_| Refusal::invalid_text("access_token is missing"))?;
        let token = Token::read(&access_token).filter(|_| !self.tokens.is_revoked(&access_token));
        let token = token.filter(|_| client_id == CLIENT_ID).ok_or_else(Refusal::not_found)?;
        self.tokens.revoke(&token.login, &access_token);
        Ok(())
    }
}

fn no_content() -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}
