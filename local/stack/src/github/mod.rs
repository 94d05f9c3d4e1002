//! The sandbox of GitHub: its website, where people sign in (`/web`), and its REST API (`/api`).
//!
//! It serves [`Repositories`]: a built-in set, or the git repositories of a folder on this machine. Rules as
//! <https://docs.github.com/rest> has them for version 2022-11-28: pages by `Link`, conditional requests,
//! both rate limits, the shapes of refusals. Left out: everything that writes, and what Maru does not ask for.

mod api;
mod built_in;
mod git;
mod model;
mod repositories;
mod token;
mod web;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Router;
use axum::extract::NestedPath;
use axum::http::{HeaderMap, header};

pub use self::git::GitError;
pub use self::model::{Account, Author, Branch, Draft, Email, Repository, World};
pub use self::repositories::Repositories;

use self::api::Limits;
use crate::clock::LocalClock;
use crate::faults::Faults;
use crate::sandbox::sign_in::{Codes, Tokens};

/// The website's path under the sandbox's base URL.
pub(crate) const WEB: &str = "/web";

/// The API's path under the sandbox's base URL.
pub(crate) const API: &str = "/api";

/// The client id of the one OAuth app.
pub(crate) const CLIENT_ID: &str = "local-github-client";

/// Its client secret.
pub(crate) const CLIENT_SECRET: &str = "local-github-client-secret";

/// The sandbox.
#[derive(Debug)]
pub struct GitHub {
    repositories: Repositories,
    clock: LocalClock,
    faults: Arc<Faults>,
    codes: Codes,
    tokens: Tokens,
    limits: Limits,
}

impl GitHub {
    /// The sandbox with these repositories, on this clock. Of `faults` it takes those of
    /// [`FaultTarget::Partner`](crate::faults::FaultTarget::Partner): `github/token`, and `github/…` for each
    /// operation of the API, such as `github/commits` or, for one repository, `github/commits:owner/name`.
    #[must_use]
    pub fn new(repositories: Repositories, clock: LocalClock, faults: Arc<Faults>) -> Self {
        let limits = Limits::new(clock.clone());
        Self {
            repositories,
            codes: Codes::new(clock.clone()),
            tokens: Tokens::default(),
            clock,
            faults,
            limits,
        }
    }
}

/// The website and the API, relative to the sandbox's base URL.
pub fn router(github: GitHub) -> Router {
    let github = Arc::new(github);
    Router::new().nest(WEB, web::router(Arc::clone(&github))).nest(API, api::router(github))
}

/// Where the sandbox was reached, for the links in its answers. Without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    web: String,
    api: String,
}

impl Place {
    /// `nested` is the path that either router is nested at.
    fn of(headers: &HeaderMap, nested: &NestedPath) -> Self {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
        let nested = nested.as_str();
        let base = nested.strip_suffix(WEB).or_else(|| nested.strip_suffix(API)).unwrap_or(nested);
        Self { web: format!("http://{host}{base}{WEB}"), api: format!("http://{host}{base}{API}") }
    }
}
