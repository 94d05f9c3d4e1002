//! `GET /repos/{owner}/{name}/commits`.

use std::collections::{HashMap, HashSet};

use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::Asked;
use super::answer::Found;
use super::refusal::Refusal;
use super::users::brief;
use crate::github::Account;
use crate::github::model::{Commit, Repository, Signature};

/// The commits that are asked for, the newest first.
pub(super) fn list(asked: &Asked, repository: &Repository) -> Result<Found, Refusal> {
    if repository.is_empty() {
        return Err(Refusal::empty_repository());
    }
    let query = &asked.query;
    let reachable = query.get("sha").map(|from| reachable(repository, from)).transpose()?.flatten();
    let touching = query.get("path").map(|path| repository.content.files.touching(path));
    let (since, until) = (moment(asked, "since")?, moment(asked, "until")?);
    let author = query.get("author").map(|author| Wanted::new(asked, author));
    let chosen = repository.content.commits.iter().filter(|commit| {
        let at = commit.committer.at;
        since.is_none_or(|since| at >= since)
            && until.is_none_or(|until| at <= until)
            && author.as_ref().is_none_or(|author| author.wrote(commit))
            && reachable.as_ref().is_none_or(|reachable| reachable.contains(commit.sha.as_str()))
            && touching.as_ref().is_none_or(|touching| touching.contains(&commit.sha))
    });
    let chosen: Vec<&Commit> = chosen.collect();
    let url = format!("{}/repositories/{}/commits", asked.place.api, repository.id);
    Ok(query.page(&chosen, &url, |commit| describe(asked, repository, commit)))
}

/// A time of the query; refused if it is none.
fn moment(asked: &Asked, field: &str) -> Result<Option<Timestamp>, Refusal> {
    let parse = |text: &str| {
        text.parse().map_err(|_| Refusal::plain(StatusCode::BAD_REQUEST, "Problems parsing a time"))
    };
    asked.query.get(field).map(parse).transpose()
}

/// Whose commits are wanted: an account's by its login, or those with an e-mail address.
struct Wanted<'a> {
    account: Option<&'a Account>,
    email: &'a str,
}

impl<'a> Wanted<'a> {
    fn new(asked: &'a Asked, author: &'a str) -> Self {
        Self { account: asked.world.account(author), email: author }
    }

    fn wrote(&self, commit: &Commit) -> bool {
        let address = &commit.author.email;
        match self.account {
            Some(account) => account.owns(address),
            None => address.eq_ignore_ascii_case(self.email),
        }
    }
}

/// The commits that are reached from a branch or a commit; none for all of them.
fn reachable<'r>(repository: &'r Repository, from: &str) -> Result<Option<HashSet<&'r str>>, Refusal> {
    if from == repository.default_branch || from == "HEAD" {
        return Ok(None);
    }
    let commits = &repository.content.commits;
    let by_sha: HashMap<&str, &Commit> = commits.iter().map(|commit| (commit.sha.as_str(), commit)).collect();
    let start = by_sha
        .get(from)
        .copied()
        .ok_or_else(|| Refusal::plain(StatusCode::NOT_FOUND, &format!("No commit found for SHA: {from}")))?;
    let (mut found, mut open) = (HashSet::new(), vec![start]);
    while let Some(commit) = open.pop() {
        if found.insert(commit.sha.as_str()) {
            open.extend(commit.parents.iter().filter_map(|parent| by_sha.get(parent.as_str()).copied()));
        }
    }
    Ok(Some(found))
}

fn describe(asked: &Asked, repository: &Repository, commit: &Commit) -> Value {
    let account = |signature: &Signature| {
        let account = asked.world.author(signature)?;
        Some(brief(&asked.place, &account.login, account.id, false))
    };
    let sign =
        |Signature { name, email, at }: &Signature| json!({ "name": name, "email": email, "date": at });
    let full_name = repository.full_name();
    let parents: Vec<Value> = commit.parents.iter().map(|sha| json!({ "sha": sha })).collect();
    json!({
        "sha": commit.sha,
        "url": format!("{}/repos/{full_name}/commits/{}", asked.place.api, commit.sha),
        "html_url": format!("{}/{full_name}/commit/{}", asked.place.web, commit.sha),
        "author": account(&commit.author),
        "committer": account(&commit.committer),
        "commit": {
            "message": commit.message.trim_end(),
            "author": sign(&commit.author),
            "committer": sign(&commit.committer),
            "comment_count": 0,
        },
        "parents": parents,
    })
}
