//! The website: signing in, and a page for each thing that links in the API's answers lead to.

mod exchange;
mod login;
mod things;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::GitHub;

/// The website, relative to its base URL.
pub(super) fn router(github: Arc<GitHub>) -> Router {
    Router::new()
        .route("/login/oauth/authorize", get(login::ask).post(login::chosen))
        .route("/login/oauth/access_token", post(exchange::access_token))
        .route("/{owner}", get(things::owner))
        .route("/{owner}/{name}", get(things::repository))
        .route("/{owner}/{name}/commit/{sha}", get(things::commit))
        .route("/{owner}/{name}/pull/{number}", get(things::pull))
        .route("/{owner}/{name}/blob/{branch}/{*path}", get(things::file))
        .with_state(github)
}
