//! Repositories, one and many.

use std::cmp::Ordering;
use std::sync::Arc;

use serde_json::{Value, json};

use super::Asked;
use super::answer::Found;
use super::caller::Affiliation;
use super::refusal::Refusal;
use super::users::brief;
use crate::github::Place;
use crate::github::model::Repository;

/// `GET /user/repos`: those that the caller belongs to.
pub(super) fn of_caller(asked: &Asked) -> Result<Found, Refusal> {
    let account = asked.account()?;
    let query = &asked.query;
    let (affiliation, visibility) = (query.get("affiliation"), query.get("visibility"));
    if query.get("type").is_some() && (affiliation.is_some() || visibility.is_some()) {
        let text = "If you specify visibility or affiliation, you cannot specify type.";
        return Err(Refusal::invalid_text(text));
    }
    let wanted = match (query.get("type"), affiliation) {
        (Some("owner"), _) => "owner",
        (Some("member"), _) => "collaborator,organization_member",
        (_, Some(affiliation)) => affiliation,
        _ => "owner,collaborator,organization_member",
    };
    let visibility = query.get("type").filter(|kind| matches!(*kind, "public" | "private")).or(visibility);
    let chosen = asked.world.repositories.iter().filter(|repository| {
        let own = Affiliation::of(account, repository)
            .is_some_and(|own| wanted.split(',').any(|w| w == own.name()));
        own && asked.caller.sees(repository) && is_visible_as(repository, visibility)
    });
    sorted(asked, chosen.cloned().collect(), "user/repos")
}

fn is_visible_as(repository: &Repository, visibility: Option<&str>) -> bool {
    match visibility {
        Some("public") => !repository.private,
        Some("private") => repository.private,
        _ => true,
    }
}

/// `GET /users/{login}/repos`: the public ones that somebody owns.
pub(super) fn of_user(asked: &Asked, login: &str) -> Result<Found, Refusal> {
    let account = asked.world.account(login).ok_or_else(Refusal::not_found)?;
    let own = |repository: &&Arc<Repository>| repository.owner.login == account.login && !repository.private;
    let chosen = asked.world.repositories.iter().filter(own).cloned().collect();
    sorted(asked, chosen, &format!("users/{}/repos", account.login))
}

/// `GET /orgs/{login}/repos`: those that the caller may see.
pub(super) fn of_organisation(asked: &Asked, login: &str) -> Result<Found, Refusal> {
    let of = |repository: &&Arc<Repository>| {
        repository.owner.organisation && repository.owner.login.eq_ignore_ascii_case(login)
    };
    let all: Vec<_> = asked.world.repositories.iter().filter(of).cloned().collect();
    if all.is_empty() {
        return Err(Refusal::not_found());
    }
    let visible = all.into_iter().filter(|repository| asked.caller.sees(repository)).collect();
    sorted(asked, visible, &format!("orgs/{login}/repos"))
}

/// A page of repositories in the order that is asked for: by default `full_name` upwards, all others downwards.
fn sorted(asked: &Asked, mut repositories: Vec<Arc<Repository>>, path: &str) -> Result<Found, Refusal> {
    let sort = asked.query.get("sort").unwrap_or("full_name");
    let order: fn(&Repository, &Repository) -> Ordering = match sort {
        "created" => |one, other| one.created_at.cmp(&other.created_at),
        "updated" | "pushed" => |one, other| one.pushed_at().cmp(&other.pushed_at()),
        "full_name" => |one, other| one.full_name().cmp(&other.full_name()),
        _ => return Err(Refusal::invalid("sort", "invalid")),
    };
    repositories.sort_by(|one, other| order(one, other).then(one.id.cmp(&other.id)));
    let default = if sort == "full_name" { "asc" } else { "desc" };
    if asked.query.get("direction").unwrap_or(default) == "desc" {
        repositories.reverse();
    }
    let url = format!("{}/{path}", asked.place.api);
    Ok(asked.query.page(&repositories, &url, |repository| describe(&asked.place, repository)))
}

/// `GET /repos/{owner}/{name}`.
pub(super) fn one(asked: &Asked, repository: &Repository) -> Found {
    Found::json(describe(&asked.place, repository))
}

/// `GET /repos/{owner}/{name}/languages`.
pub(super) fn languages(repository: &Repository) -> Found {
    Found::json(json!(repository.content.languages))
}

/// `GET /repos/{owner}/{name}/topics`.
pub(super) fn topics(repository: &Repository) -> Found {
    Found::json(json!({ "names": repository.topics }))
}

fn describe(place: &Place, repository: &Repository) -> Value {
    let full_name = repository.full_name();
    let Repository {
        id, owner, name, description, private, fork, topics, default_branch, created_at, ..
    } = repository;
    let bytes: u64 = repository.content.files.sizes().iter().map(|(_, size)| size).sum();
    json!({
        "id": id,
        "node_id": format!("R_{id}"),
        "name": name,
        "full_name": full_name,
        "private": private,
        "owner": brief(place, &owner.login, owner.id, owner.organisation),
        "html_url": format!("{}/{full_name}", place.web),
        "url": format!("{}/repos/{full_name}", place.api),
        "description": description,
        "fork": fork,
        "language": repository.language(),
        "stargazers_count": 0,
        "forks_count": 0,
        // In kilobytes.
        "size": bytes.div_ceil(1024),
        "default_branch": default_branch,
        "topics": topics,
        "archived": false,
        "disabled": false,
        "visibility": if *private { "private" } else { "public" },
        "license": null,
        "homepage": null,
        "created_at": created_at,
        "updated_at": repository.pushed_at(),
        "pushed_at": repository.pushed_at(),
    })
}
