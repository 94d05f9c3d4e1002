//! The caller: account, e-mail addresses, organisations.

use serde_json::{Value, json};

use super::Asked;
use super::answer::Found;
use super::refusal::Refusal;
use crate::github::Place;
use crate::github::model::Account;

impl Asked {
    /// The caller's account.
    pub(super) fn account(&self) -> Result<&Account, Refusal> {
        self.caller.account().ok_or_else(Refusal::requires_authentication)
    }
}

/// `GET /user`.
pub(super) fn user(asked: &Asked) -> Result<Found, Refusal> {
    let account = asked.account()?;
    let owned = |repository: &&std::sync::Arc<_>| owner_is(repository, account) && !repository.private;
    let public_repositories = asked.world.repositories.iter().filter(owned).count();
    let mut user = brief(&asked.place, &account.login, account.id, false);
    let more = json!({
        "name": account.name,
        "company": null,
        "blog": "",
        "location": "Seoul",
        // Only an address that was made public; these people keep theirs.
        "email": null,
        "bio": null,
        "public_repos": public_repositories,
        "followers": 3,
        "following": 4,
        "created_at": "2020-01-01T00:00:00Z",
        "updated_at": "2026-01-01T00:00:00Z",
    });
    merge(&mut user, more);
    Ok(Found::json(user))
}

fn owner_is(repository: &crate::github::Repository, account: &Account) -> bool {
    repository.owner.login == account.login
}

/// `GET /user/emails`: needs the scope `user:email`.
pub(super) fn emails(asked: &Asked) -> Result<Found, Refusal> {
    let account = asked.account()?;
    if !asked.caller.token().is_some_and(super::super::token::Token::may_read_emails) {
        return Err(Refusal::not_found());
    }
    let url = format!("{}/user/emails", asked.place.api);
    let emails: Vec<_> = account.emails.iter().enumerate().collect();
    Ok(asked.query.page(&emails, &url, |(place, email)| {
        let visibility = (*place == 0).then_some("private");
        json!({ "email": email.address, "primary": *place == 0, "verified": email.verified, "visibility": visibility })
    }))
}

/// `GET /user/orgs`.
pub(super) fn organisations(asked: &Asked) -> Result<Found, Refusal> {
    let account = asked.account()?;
    let owners = asked.world.repositories.iter().map(|repository| &repository.owner);
    let mut own: Vec<_> = owners.filter(|owner| account.organisations.contains(&owner.login)).collect();
    own.sort_by_key(|owner| owner.id);
    own.dedup();
    let url = format!("{}/user/orgs", asked.place.api);
    Ok(asked.query.page(&own, &url, |owner| {
        json!({ "login": owner.login, "id": owner.id, "url": format!("{}/orgs/{}", asked.place.api, owner.login) })
    }))
}

/// What every object says of an account.
pub(super) fn brief(place: &Place, login: &str, id: u64, organisation: bool) -> Value {
    json!({
        "login": login,
        "id": id,
        "node_id": format!("U_{id}"),
        "type": if organisation { "Organization" } else { "User" },
        "html_url": format!("{}/{login}", place.web),
        "avatar_url": format!("https://avatars.githubusercontent.com/u/{id}"),
    })
}

/// Adds the fields of one object to another.
pub(super) fn merge(into: &mut Value, more: Value) {
    if let (Value::Object(into), Value::Object(more)) = (into, more) {
        into.extend(more);
    }
}
