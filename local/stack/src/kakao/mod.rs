//! The sandbox of Kakao Login: its authorization server (`/kauth`) and its API (`/kapi`).
//!
//! Rules and error codes as <https://developers.kakao.com/docs/latest/ko/kakaologin/rest-api> has them. There
//! are two people: one who consented to everything, and one of whom Kakao says nothing but the id, which is
//! all that an application may count on. Left out: refresh tokens' use, consent, `OpenID` Connect.

mod api;
mod auth;
mod people;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::Value;

use crate::clock::LocalClock;
use crate::faults::Faults;
use crate::sandbox::sign_in::{Codes, Tokens};

/// The authorization server's path under the sandbox's base URL.
pub(crate) const AUTH: &str = "/kauth";

/// The API's path under the sandbox's base URL.
pub(crate) const API: &str = "/kapi";

/// The REST API key of the one application.
pub(crate) const CLIENT_ID: &str = "local-kakao-rest-api-key";

/// Its client secret.
pub(crate) const CLIENT_SECRET: &str = "local-kakao-client-secret";

/// The sandbox.
#[derive(Debug)]
pub struct Kakao {
    clock: LocalClock,
    faults: Arc<Faults>,
    codes: Codes,
    tokens: Tokens,
}

impl Kakao {
    /// The sandbox on this clock. Of `faults` it takes those of
    /// [`FaultTarget::Partner`](crate::faults::FaultTarget::Partner): `kakao/token`, `kakao/user`, `kakao/unlink`.
    #[must_use]
    pub fn new(clock: LocalClock, faults: Arc<Faults>) -> Self {
        Self { codes: Codes::new(clock.clone()), tokens: Tokens::default(), clock, faults }
    }
}

/// The sandbox's two servers, relative to its base URL.
pub fn router(kakao: Kakao) -> Router {
    let auth = Router::new()
        .route("/oauth/authorize", get(auth::ask).post(auth::chosen))
        .route("/oauth/token", post(auth::token));
    let api = Router::new()
        .route("/v2/user/me", get(api::me).post(api::me))
        .route("/v1/user/unlink", post(api::unlink));
    Router::new().nest(AUTH, auth).nest(API, api).with_state(Arc::new(kakao))
}

fn json(status: StatusCode, body: &Value) -> Response {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json;charset=UTF-8"));
    response
}
