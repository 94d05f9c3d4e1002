//! `GET /repos/{owner}/{name}/pulls`.

use std::cmp::Reverse;

use serde_json::{Value, json};

use super::Asked;
use super::answer::Found;
use super::refusal::Refusal;
use super::users::brief;
use crate::github::model::{Pull, Repository};

/// The pull requests that are asked for, the newest first unless the query says otherwise.
pub(super) fn list(asked: &Asked, repository: &Repository) -> Result<Found, Refusal> {
    let query = &asked.query;
    let state = query.get("state").unwrap_or("open");
    if !matches!(state, "open" | "closed" | "all") {
        return Err(Refusal::invalid("state", "invalid"));
    }
    let head = query.get("head").map(|head| head.split_once(':').map_or(head, |(_, branch)| branch));
    let chosen = repository.content.pulls.iter().filter(|pull| {
        (state == "all" || (state == "closed") == pull.merged_at.is_some())
            && head.is_none_or(|head| head == pull.head.0)
            && query.get("base").is_none_or(|base| base == repository.default_branch)
    });
    let mut chosen: Vec<&Pull> = chosen.collect();
    match query.get("sort").unwrap_or("created") {
        "updated" => {
            chosen.sort_by_key(|pull| Reverse((pull.merged_at.unwrap_or(pull.created_at), pull.number)))
        }
        _ => chosen.sort_by_key(|pull| Reverse((pull.created_at, pull.number))),
    }
    if query.get("direction") == Some("asc") {
        chosen.reverse();
    }
    let url = format!("{}/repositories/{}/pulls", asked.place.api, repository.id);
    Ok(query.page(&chosen, &url, |pull| describe(asked, repository, pull)))
}

fn describe(asked: &Asked, repository: &Repository, pull: &Pull) -> Value {
    let full_name = repository.full_name();
    json!({
        "number": pull.number,
        "state": if pull.merged_at.is_some() { "closed" } else { "open" },
        "title": pull.title,
        "body": pull.body,
        "draft": false,
        "user": user(asked, pull),
        "url": format!("{}/repos/{full_name}/pulls/{}", asked.place.api, pull.number),
        "html_url": format!("{}/{full_name}/pull/{}", asked.place.web, pull.number),
        "created_at": pull.created_at,
        "updated_at": pull.merged_at.unwrap_or(pull.created_at),
        "closed_at": pull.merged_at,
        "merged_at": pull.merged_at,
        "head": { "ref": pull.head.0, "sha": pull.head.1 },
        "base": { "ref": repository.default_branch, "sha": pull.base },
        "author_association": "CONTRIBUTOR",
    })
}

/// Who opened a pull request, as objects say it; null if nobody with an account did.
pub(super) fn user(asked: &Asked, pull: &Pull) -> Value {
    let account = pull.author.as_deref().and_then(|login| asked.world.account(login));
    account.map_or(Value::Null, |account| brief(&asked.place, &account.login, account.id, false))
}
