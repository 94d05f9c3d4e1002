//! What no partner has: a say in which warnings there are.
//!
//! `GET /` is a page with the warnings in force and a form. The same without a page: `GET /warnings` gives
//! `{now, inForce: [{zone, name, kind, level}], zones, kinds, levels}`; `POST /warnings` takes
//! `{zone | province, kind, level?, command: issue | raise | lift}` and gives the same. What is done becomes a row
//! of the log, issued now. Pages of this machine may ask, whatever port they come from.

mod change;
mod page;

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderValue, Method, StatusCode, header, request};
use axum::response::Response;
use axum::routing::get;
use reqwest::Url;
use serde_json::{Value, json};
use tower_http::cors::{AllowOrigin, CorsLayer};

use self::change::Change;
use super::Kma;
use super::names::{KINDS, LEVELS, ZONES};
use super::time::in_korea;
use super::warnings::{InForce, in_force};
use crate::sandbox::sign_in::{notice, redirect};

/// The page's title.
const TITLE: &str = "기상청 샌드박스";

type Sandbox = State<Arc<Kma>>;

/// The page and what it does, relative to the sandbox's base URL.
pub(super) fn router(kma: Arc<Kma>) -> Router {
    Router::new()
        .route("/", get(show).post(choose))
        .route("/warnings", get(list).post(change))
        .layer(of_this_machine())
        .with_state(kma)
}

/// Lets the pages of this machine ask: `cargo local` serves them on another port.
fn of_this_machine() -> CorsLayer {
    let is_local = |origin: &HeaderValue, _: &request::Parts| {
        let url = origin.to_str().ok().and_then(|origin| Url::parse(origin).ok());
        url.and_then(|url| url.host_str().map(|host| ["127.0.0.1", "localhost", "[::1]"].contains(&host)))
            .unwrap_or(false)
    };
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(is_local))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::CONTENT_TYPE])
}

async fn list(State(kma): Sandbox) -> Response {
    answer(StatusCode::OK, &listed(&kma))
}

async fn change(State(kma): Sandbox, body: Bytes) -> Response {
    let change = serde_json::from_slice::<Change>(&body).map_err(|error| error.to_string());
    match change.and_then(|change| change.carry_out(&kma)) {
        Ok(()) => answer(StatusCode::OK, &listed(&kma)),
        Err(message) => answer(StatusCode::BAD_REQUEST, &json!({ "message": message })),
    }
}

async fn show(State(kma): Sandbox) -> Response {
    page::page(&standing(&kma), kma.answers.directory())
}

async fn choose(State(kma): Sandbox, OriginalUri(page): OriginalUri, form: Bytes) -> Response {
    let change = serde_html_form::from_bytes::<Change>(&form).map_err(|error| error.to_string());
    match change.and_then(|change| change.carry_out(&kma)) {
        Ok(()) => redirect(page.path()),
        Err(message) => notice(StatusCode::BAD_REQUEST, TITLE, &message),
    }
}

fn standing(kma: &Kma) -> Vec<InForce> {
    in_force(&kma.answers.log(), in_korea(kma.clock.now()))
}

fn listed(kma: &Kma) -> Value {
    let warnings = standing(kma);
    let in_force = warnings.iter().map(|warning| {
        json!({
            "zone": warning.area_code,
            "name": warning.area_name,
            "kind": warning.kind,
            "level": warning.level,
        })
    });
    let zones = ZONES.map(|zone| json!({ "province": zone.province, "zone": zone.code, "name": zone.name }));
    let kinds = KINDS.map(|(kind, name)| json!({ "kind": kind, "name": name }));
    json!({
        "now": kma.clock.now(),
        "inForce": in_force.collect::<Vec<_>>(),
        "zones": zones,
        "kinds": kinds,
        "levels": LEVELS,
    })
}

fn answer(status: StatusCode, body: &Value) -> Response {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
