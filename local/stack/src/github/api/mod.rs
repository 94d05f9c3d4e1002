//! The REST API: from a request to its answer, through what GitHub checks on the way.

mod answer;
mod caller;
mod commits;
mod contents;
mod grant;
mod limits;
mod operation;
mod pages;
mod pulls;
mod refusal;
mod repositories;
mod search;
mod users;

use std::sync::Arc;

use axum::Router;
use axum::extract::{NestedPath, Request, State};
use axum::http::header::{ACCEPT, AUTHORIZATION, USER_AGENT};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use axum::routing::{any, delete};

use self::answer::{Found, finish};
use self::caller::Caller;
pub(super) use self::limits::Limits;
use self::operation::{Operation, Part};
use self::pages::Query;
use self::refusal::Refusal;
use super::model::Repository;
use super::{GitHub, Place, World};
use crate::sandbox::suffer::suffer;

/// The only version of the API that is spoken here.
const VERSION: &str = "2022-11-28";

/// The API, relative to its base URL.
pub(super) fn router(github: Arc<GitHub>) -> Router {
    // What a path asks for is read by `Operation`: GitHub serves each repository under two paths.
    Router::new()
        .route("/applications/{client_id}/grant", delete(grant::delete))
        .route("/{*path}", any(serve))
        .with_state(github)
}

/// A request as it came.
struct Wish {
    operation: Operation,
    query: Query,
    place: Place,
    authorization: Option<String>,
    /// Whether the bytes of a file are wanted and not a description of it.
    raw: bool,
}

/// A request that passed GitHub's checks.
struct Asked {
    operation: Operation,
    query: Query,
    caller: Caller,
    place: Place,
    world: Arc<World>,
    raw: bool,
}

async fn serve(State(github): State<Arc<GitHub>>, nested: NestedPath, request: Request) -> Response {
    let headers = request.headers().clone();
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let operation = Operation::read(request.uri().path()).filter(|_| request.method() == Method::GET);
    let query = Query::read(request.uri().query().unwrap_or_default());
    let (operation, query) = match check(&headers, operation, query) {
        Ok(checked) => checked,
        Err(refusal) => return refusal.into_response(),
    };
    let names = operation.names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let wish = Wish {
        operation,
        query,
        place: Place::of(&headers, &nested),
        authorization: headers.contains_key(AUTHORIZATION).then(|| text(AUTHORIZATION).to_owned()),
        raw: text(ACCEPT).contains("raw"),
    };
    let now = github.clock.now();
    let carry_out = carry_out(&github, &headers, wish);
    suffer(&github.faults, &names, |fault| refusal::on_demand(fault, now), carry_out).await
}

/// What GitHub looks at before it looks at who asks.
fn check(
    headers: &HeaderMap,
    operation: Option<Operation>,
    query: Option<Query>,
) -> Result<(Operation, Query), Refusal> {
    if !headers.contains_key(USER_AGENT) {
        return Err(Refusal::plain(StatusCode::FORBIDDEN, "Request forbidden by administrative rules."));
    }
    if headers.get("x-github-api-version").is_some_and(|version| version != VERSION) {
        return Err(Refusal::plain(StatusCode::BAD_REQUEST, "The API version is not supported."));
    }
    let query =
        query.ok_or_else(|| Refusal::plain(StatusCode::BAD_REQUEST, "Problems parsing the query."))?;
    Ok((operation.ok_or_else(Refusal::not_found)?, query))
}

async fn carry_out(github: &Arc<GitHub>, headers: &HeaderMap, wish: Wish) -> Response {
    let resource = wish.operation.resource();
    let is_look_at_limits = wish.operation == Operation::RateLimit;
    let shared = Arc::clone(github);
    // Git is read by another program, so the answer is made where waiting holds nobody up.
    let made = tokio::task::spawn_blocking(move || shared.grant(wish)).await;
    // It ends without an answer only if it panicked.
    let (caller, found) = made.unwrap_or((Caller::Anybody, Err(Refusal::internal())));
    let response = match found {
        Ok(found) => finish(found, headers),
        Err(refusal) => refusal.into_response(),
    };
    // An unchanged answer to somebody known costs nothing, nor does a look at the limits.
    let unchanged = response.status() == StatusCode::NOT_MODIFIED && caller != Caller::Anybody;
    github.limits.sign(response, &caller, resource, !unchanged && !is_look_at_limits)
}

impl GitHub {
    /// Who asks, and what they get. Blocks.
    fn grant(&self, wish: Wish) -> (Caller, Result<Found, Refusal>) {
        let Wish { operation, query, place, authorization, raw } = wish;
        let world = self.repositories.world(operation.lists_repositories());
        let caller = match Caller::identify(authorization.as_deref(), &self.tokens, &world) {
            Some(caller) => caller,
            None => return (Caller::Anybody, Err(Refusal::bad_credentials())),
        };
        if operation == Operation::RateLimit {
            let found = self.limits.describe(&caller);
            return (caller, Ok(found));
        }
        let allowance = self.limits.look(&caller, operation.resource());
        if allowance.is_spent() {
            return (caller, Err(Refusal::primary_limit(&allowance)));
        }
        let asked = Asked { operation, query, caller: caller.clone(), place, world, raw };
        (caller, asked.answer())
    }
}

impl Asked {
    fn answer(&self) -> Result<Found, Refusal> {
        match &self.operation {
            Operation::User => users::user(self),
            Operation::Emails => users::emails(self),
            Operation::Organisations => users::organisations(self),
            Operation::Repositories => repositories::of_caller(self),
            Operation::RepositoriesOf(login) => repositories::of_user(self, login),
            Operation::RepositoriesOfOrganisation(login) => repositories::of_organisation(self, login),
            Operation::SearchIssues => search::issues(self),
            Operation::RateLimit => Err(Refusal::not_found()),
            Operation::Repository(locator, part) => self.part(self.repository(locator, part)?.as_ref(), part),
        }
    }

    fn part(&self, repository: &Repository, part: &Part) -> Result<Found, Refusal> {
        match part {
            Part::Itself => Ok(repositories::one(self, repository)),
            Part::Languages => Ok(repositories::languages(repository)),
            Part::Topics => Ok(repositories::topics(repository)),
            Part::Readme => contents::readme(self, repository),
            Part::Contents(path) => contents::contents(self, repository, path),
            Part::Tree(reference) => contents::tree(self, repository, reference),
            Part::Commits => commits::list(self, repository),
            Part::Pulls => pulls::list(self, repository),
        }
    }
}
