//! `GET /search/issues`: merged pull requests by author, which is what Maru searches for.
//!
//! Left out: issues (there are none), free text, and every qualifier that is not below, which are refused, so
//! that nobody takes an unfiltered answer for a filtered one.

use serde_json::{Value, json};

use super::Asked;
use super::answer::Found;
use super::pulls;
use super::refusal::Refusal;
use crate::github::model::{Pull, Repository};

/// Most results that GitHub gives of a search, whatever the page.
const MOST_RESULTS: usize = 1_000;

#[derive(Debug, Default, PartialEq, Eq)]
struct Wanted<'q> {
    author: Option<&'q str>,
    merged: Option<bool>,
    repository: Option<&'q str>,
    owner: Option<&'q str>,
}

impl<'q> Wanted<'q> {
    fn read(text: &'q str) -> Result<Self, Refusal> {
        let (mut wanted, mut kind) = (Self::default(), None);
        for term in text.split_whitespace() {
            match term.split_once(':') {
                Some(("is" | "type", "pr" | "pull-request")) => kind = Some(()),
                Some(("is", "merged")) => wanted.merged = Some(true),
                Some(("is", "unmerged")) => wanted.merged = Some(false),
                Some(("is" | "state", "closed")) => wanted.merged = Some(true),
                Some(("is" | "state", "open")) => wanted.merged = Some(false),
                Some(("is", "public")) => {}
                Some(("author", author)) => wanted.author = Some(author),
                Some(("repo", repository)) => wanted.repository = Some(repository),
                Some(("user" | "org", owner)) => wanted.owner = Some(owner),
                _ => return Err(Refusal::invalid("q", "invalid")),
            }
        }
        kind.map(|()| wanted).ok_or_else(|| Refusal::invalid("q", "missing"))
    }

    fn is_met_by(&self, repository: &Repository, pull: &Pull) -> bool {
        let equal =
            |wanted: Option<&str>, is: &str| wanted.is_none_or(|wanted| wanted.eq_ignore_ascii_case(is));
        equal(self.repository, &repository.full_name())
            && equal(self.owner, &repository.owner.login)
            && equal(self.author, pull.author.as_deref().unwrap_or_default())
            && self.merged.is_none_or(|merged| merged == pull.merged_at.is_some())
    }
}

/// The search.
pub(super) fn issues(asked: &Asked) -> Result<Found, Refusal> {
    let text = asked.query.get("q").ok_or_else(|| Refusal::invalid("q", "missing"))?;
    let wanted = Wanted::read(text)?;
    if wanted.author.is_some_and(|author| asked.world.account(author).is_none()) {
        return Err(Refusal::invalid("q", "invalid"));
    }
    let visible = asked.world.repositories.iter().filter(|repository| asked.caller.sees(repository));
    let pulls =
        visible.flat_map(|repository| repository.content.pulls.iter().map(move |pull| (repository, pull)));
    let mut found: Vec<_> = pulls.filter(|(repository, pull)| wanted.is_met_by(repository, pull)).collect();
    found.sort_by_key(|(repository, pull)| (pull.created_at, repository.id, pull.number));
    if asked.query.get("order") != Some("asc") {
        found.reverse();
    }
    let total = found.len();
    found.truncate(MOST_RESULTS);
    let (page, per_page, last) = asked.query.place(found.len());
    let shown = found.iter().skip((page - 1).saturating_mul(per_page)).take(per_page);
    let items: Vec<Value> = shown.map(|(repository, pull)| describe(asked, repository, pull)).collect();
    let body = json!({ "total_count": total, "incomplete_results": false, "items": items });
    let link = asked.query.links(&format!("{}/search/issues", asked.place.api), page, last);
    Ok(Found::json(body).with_link(link))
}

fn describe(asked: &Asked, repository: &Repository, pull: &Pull) -> Value {
    let repository_url = format!("{}/repos/{}", asked.place.api, repository.full_name());
    let html_url = format!("{}/{}/pull/{}", asked.place.web, repository.full_name(), pull.number);
    json!({
        "number": pull.number,
        "title": pull.title,
        "body": pull.body,
        "state": if pull.merged_at.is_some() { "closed" } else { "open" },
        "user": pulls::user(asked, pull),
        "repository_url": repository_url,
        "html_url": html_url,
        "pull_request": {
            "url": format!("{repository_url}/pulls/{}", pull.number),
            "html_url": html_url,
            "merged_at": pull.merged_at,
        },
        "created_at": pull.created_at,
        "updated_at": pull.merged_at.unwrap_or(pull.created_at),
        "closed_at": pull.merged_at,
        "score": 1.0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn qualifiers_are_read_and_unknown_ones_refused() {
        let wanted = Wanted::read("is:pr author:octo is:merged repo:octo/svc").unwrap();
        let expected =
            Wanted { author: Some("octo"), merged: Some(true), repository: Some("octo/svc"), owner: None };
        assert_eq!(wanted, expected);
        for refused in ["author:octo", "is:pr words", "is:pr label:bug", ""] {
            assert!(Wanted::read(refused).is_err(), "{refused}");
        }
    }
}
