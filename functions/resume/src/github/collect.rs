//! Everything of one repository and of the member's part in it, read one request after the other.

use std::time::Duration;

use maru_document::is_direction_control;

use super::client::LONGEST_PAUSE;
use super::reading::{Commits, Pulls, Reading};
use super::wire::{self, File, Repository};
use super::{Connection, GithubError, Session};
use crate::facts::{Collected, Commit, Manifest, Pull, Readme, RepositoryFacts, encoding, manifests};

/// How long the reading of one repository may take, pauses included. With it, two model calls for the project and
/// two for the summary fit into the worker's time, so that one slow repository fails alone.
const LONGEST: Duration = Duration::from_secs(240);

const _: () =
    assert!(LONGEST.as_secs() > 2 * LONGEST_PAUSE.as_secs(), "a pause is made and the rest is read");

/// The most manifests that are read.
const MOST_MANIFESTS: usize = 12;

/// The largest manifest that is read, in bytes.
const LARGEST_MANIFEST: u64 = 256 * 1024;

/// The most files that are looked at by their names.
const MOST_PATHS: usize = 20_000;

/// How deep below the root a file may lie: `apps/web/package.json` does, what packages bring along does not.
const DEEPEST: usize = 3;

/// The most characters of a path (the bound of a document's evidence).
const LONGEST_PATH: usize = 300;

/// Folders of code that somebody else wrote, or that shows how something is used.
const FOREIGN: [&str; 12] = [
    "node_modules",
    "vendor",
    "third_party",
    "dist",
    "build",
    "target",
    "examples",
    "example",
    "fixtures",
    "testdata",
    "Pods",
    "site-packages",
];

/// Collects what a resume may say of the repository `full_name`. Others' commits and pull requests are left
/// behind here.
///
/// # Errors
/// [`GithubError`]; [`GithubError::Empty`] and [`GithubError::NothingOwn`] when there is nothing to say,
/// [`GithubError::Unavailable`] also when it takes longer than four minutes.
pub async fn collect(
    session: &Session<'_>,
    connection: &Connection,
    full_name: &str,
) -> Result<Collected, GithubError> {
    collect_within(LONGEST, session, connection, full_name).await
}

pub(super) async fn collect_within(
    most: Duration,
    session: &Session<'_>,
    connection: &Connection,
    full_name: &str,
) -> Result<Collected, GithubError> {
    let read = Box::pin(read(session, connection, full_name));
    tokio::time::timeout(most, read)
        .await
        .unwrap_or_else(|elapsed| Err(GithubError::Unavailable(elapsed.into())))
}

async fn read(
    session: &Session<'_>,
    connection: &Connection,
    full_name: &str,
) -> Result<Collected, GithubError> {
    let repository = session.repository(full_name).await?;
    // As it is called now: of a renamed one every further request would be redirected again.
    let (owner, name) = repository.full_name.split_once('/').ok_or(GithubError::NotFound)?;
    let reading = Reading { session, connection, owner, name };
    let commits = reading.commits().await?;
    if commits.found.is_empty() {
        return Err(GithubError::NothingOwn);
    }
    let branch = repository.default_branch.as_deref().unwrap_or("HEAD");
    let files = looked_at(reading.files(branch).await?);
    let Pulls { found: pulls, count: pull_count } = reading.pulls().await?;
    let collected = Collected {
        languages: reading.languages().await?,
        readme: readme(&reading).await?,
        manifests: read_manifests(&reading, &files).await?,
        paths: files.into_iter().map(|(path, _)| path).collect(),
        pulls: pulls.into_iter().filter_map(pull).collect(),
        pull_count,
        repository: described(&repository),
        ..own_commits(commits)
    };
    Ok(collected)
}

fn own_commits(commits: Commits) -> Collected {
    let Commits { found, count } = commits;
    let commits: Vec<Commit> = found.into_iter().filter_map(commit).collect();
    let times = || commits.iter().map(|commit| commit.written_at);
    let (first_commit, last_commit) = (times().min(), times().max());
    Collected { commits, commit_count: count, first_commit, last_commit, ..Collected::default() }
}

fn described(repository: &Repository) -> RepositoryFacts {
    RepositoryFacts {
        full_name: repository.full_name.clone(),
        name: repository.name.clone(),
        url: repository.html_url.clone(),
        default_branch: repository.default_branch.clone().unwrap_or_else(|| "HEAD".to_owned()),
    }
}

/// Those of the project's own files that are looked at, and that a document can name.
fn looked_at(mut files: Vec<(String, u64)>) -> Vec<(String, u64)> {
    let can_be_named = |path: &str| {
        let odd = |character: char| character.is_control() || is_direction_control(character);
        path.chars().count() <= LONGEST_PATH && !path.chars().any(odd)
    };
    let own = |path: &str| {
        let mut folders: Vec<&str> = path.split('/').collect();
        folders.pop();
        folders.len() < DEEPEST && !folders.iter().any(|folder| FOREIGN.contains(folder))
    };
    files.retain(|(path, _)| own(path) && can_be_named(path));
    // Those nearest to the root tell most of the whole.
    files.sort_by_key(|(path, _)| path.matches('/').count());
    files.truncate(MOST_PATHS);
    files
}

async fn read_manifests(
    reading: &Reading<'_>,
    files: &[(String, u64)],
) -> Result<Vec<Manifest>, GithubError> {
    let wanted =
        files.iter().filter(|(path, size)| *size <= LARGEST_MANIFEST && manifests::is_manifest(path));
    let mut found = Vec::new();
    for (path, _) in wanted.take(MOST_MANIFESTS) {
        let bytes = reading.file(path).await?.as_ref().and_then(File::bytes);
        found.extend(bytes.map(|bytes| Manifest { path: path.clone(), text: encoding::text(&bytes) }));
    }
    Ok(found)
}

async fn readme(reading: &Reading<'_>) -> Result<Option<Readme>, GithubError> {
    let Some(file) = reading.readme().await? else { return Ok(None) };
    let (Some(bytes), Some(url)) = (file.bytes(), file.html_url.clone()) else { return Ok(None) };
    let own = reading.touched(&file.path).await?;
    Ok(Some(Readme { text: encoding::text(&bytes), path: file.path, url, own }))
}

/// None for a commit that does not say when it was written.
fn commit(commit: wire::Commit) -> Option<Commit> {
    let merge = commit.parents.len() > 1;
    let written_at = commit.commit.author?.date?;
    Some(Commit { sha: commit.sha, url: commit.html_url, message: commit.commit.message, written_at, merge })
}

fn pull(pull: wire::Pull) -> Option<Pull> {
    let merged_at = pull.when_merged()?;
    let body = pull.body.unwrap_or_default();
    Some(Pull { number: pull.number, url: pull.html_url, title: pull.title, body, merged_at })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_projects_own_files_near_the_root_are_looked_at() {
        let files = [
            "apps/web/package.json",
            "package.json",
            "node_modules/react/package.json",
            "a/b/c/package.json",
            "vendor/x/go.mod",
            "server/build.gradle",
        ];
        let files = files.map(|path| (path.to_owned(), 10)).to_vec();
        let seen: Vec<String> = looked_at(files).into_iter().map(|(path, _)| path).collect();
        assert_eq!(seen, ["package.json", "server/build.gradle", "apps/web/package.json"]);
        let odd =
            ["a\u{7}.tf", "\u{202e}Dockerfile", &"x".repeat(301)].map(|path| (path.to_owned(), 10)).to_vec();
        assert_eq!(looked_at(odd), []);
        let many = (0..30_000).map(|number| (format!("{number}"), 1)).collect();
        assert_eq!(looked_at(many).len(), MOST_PATHS);
    }
}
