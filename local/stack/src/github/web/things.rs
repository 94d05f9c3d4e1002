//! A page for each thing that links in the API's answers lead to, so that evidence can be looked at.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::super::GitHub;
use super::super::model::Repository;
use super::login::world;
use crate::sandbox::sign_in::notice;

/// Most bytes that are shown of a file.
const MOST_SHOWN: usize = 256 * 1024;

type Things = State<Arc<GitHub>>;

/// Somebody, with the names of their repositories.
pub(super) async fn owner(State(github): Things, Path(login): Path<String>) -> Response {
    let world = world(&github).await;
    let own =
        world.repositories.iter().filter(|repository| repository.owner.login == login && !repository.private);
    let names: Vec<String> = own.map(|repository| repository.full_name()).collect();
    show(&login, (!names.is_empty()).then(|| names.join("\n")))
}

/// A repository.
pub(super) async fn repository(
    State(github): Things,
    Path((owner, name)): Path<(String, String)>,
) -> Response {
    let found = find(&github, &owner, &name).await;
    show(
        &format!("{owner}/{name}"),
        found.map(|repository| repository.description.clone().unwrap_or_default()),
    )
}

/// A commit.
pub(super) async fn commit(
    State(github): Things,
    Path((owner, name, sha)): Path<(String, String, String)>,
) -> Response {
    let found = find(&github, &owner, &name).await.and_then(|repository| {
        let mut commits = repository.content.commits.iter();
        let commit = commits.find(|commit| commit.sha == sha)?;
        let author = &commit.author;
        Some(format!("{} <{}>, {}\n\n{}", author.name, author.email, author.at, commit.message))
    });
    show(&format!("{owner}/{name}@{sha}"), found)
}

/// A pull request.
pub(super) async fn pull(
    State(github): Things,
    Path((owner, name, number)): Path<(String, String, u64)>,
) -> Response {
    let found = find(&github, &owner, &name).await.and_then(|repository| {
        let mut pulls = repository.content.pulls.iter();
        let pull = pulls.find(|pull| pull.number == number)?;
        let merged = pull.merged_at.map(|at| format!("merged {at}")).unwrap_or_default();
        Some(format!("{}\n{merged}\n\n{}", pull.title, pull.body.as_deref().unwrap_or_default()))
    });
    show(&format!("{owner}/{name}#{number}"), found)
}

/// A file.
pub(super) async fn file(
    State(github): Things,
    Path((owner, name, _, path)): Path<(String, String, String, String)>,
) -> Response {
    let title = format!("{owner}/{name}: {path}");
    let found = find(&github, &owner, &name).await;
    let read = tokio::task::spawn_blocking(move || found?.content.files.read(&path)).await.ok().flatten();
    show(
        &title,
        read.map(|bytes| String::from_utf8_lossy(&bytes[..bytes.len().min(MOST_SHOWN)]).into_owned()),
    )
}

/// A public repository.
async fn find(github: &Arc<GitHub>, owner: &str, name: &str) -> Option<Arc<Repository>> {
    let world = world(github).await;
    let mut repositories = world.repositories.iter();
    repositories.find(|repository| repository.is_called(owner, name) && !repository.private).cloned()
}

fn show(title: &str, text: Option<String>) -> Response {
    match text {
        Some(text) => notice(StatusCode::OK, title, &text),
        None => notice(StatusCode::NOT_FOUND, title, "그런 것이 없습니다."),
    }
}
