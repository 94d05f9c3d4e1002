//! GitHub's sandbox as tests need it: accounts, tokens, repositories, and how much was asked.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use maru_lambda::{Clock, Environment, FromEnvironment};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_stack::github::{Account, Author, Repositories, Repository, World};
use maru_testing::Maru;
use maru_vault::Vault;
use serde_json::{Value, json};

use crate::{OWNER, happens};

/// The person of the sandbox's built-in set.
pub const MINSEO: &str = "minseo-kim";

/// The one person of the worlds that tests make themselves.
pub const OCTO: Author = Author { name: "Octo", email: "octo@example.com", login: Some("octo") };

/// Somebody else, without an account.
pub const STRANGER: Author = Author { name: "Ana", email: "ana@elsewhere.example", login: None };

/// The account of [`OCTO`].
pub fn octo() -> Account {
    Account::new(1, "octo", Some("Octo"), &[OCTO.email])
}

/// A world in which only [`octo`] has an account.
pub fn world(repositories: Vec<Repository>) -> Repositories {
    let repositories = repositories.into_iter().map(Arc::new).collect();
    Repositories::given(World { accounts: vec![octo()], repositories })
}

/// Connects the owner's account to `login`, as identity tells of it.
pub async fn connect(maru: &Maru, login: &str) {
    let github_id = if login == MINSEO { 5_100_001 } else { 1 };
    happens(maru, "on_github_connected", "member.github_connected", &connected(maru, github_id, login).await)
        .await;
}

/// What identity tells of a connection of the owner's.
pub async fn connected(maru: &Maru, github_id: i64, login: &str) -> Value {
    let sealed = seal(maru, OWNER, &token(login)).await;
    let emails = if login == MINSEO {
        json!(["minseo.kim@example.com", "minseo@sori.example"])
    } else {
        json!([OCTO.email])
    };
    json!({
        "userId": OWNER, "githubId": github_id, "login": login, "name": null, "emails": emails,
        "sealedToken": sealed, "scopes": ["read:user", "user:email"],
    })
}

/// A token as the sandbox gives it to `login`.
pub fn token(login: &str) -> String {
    let inside = json!({ "login": login, "scopes": ["read:user", "user:email"], "nonce": 1 });
    format!("gho_{}", URL_SAFE_NO_PAD.encode(inside.to_string()))
}

async fn seal(maru: &Maru, member: &str, token: &str) -> String {
    let key = maru.stack.parts().template.keys[0].clone();
    let variables = BTreeMap::from([("SECRETS_KEY_ID".to_owned(), key)]);
    let environment = Environment::new(variables, maru.stack.sdk_config(), Clock::system());
    let vault = Vault::from_environment(&environment).unwrap();
    vault.seal(&[("user", member), ("purpose", "github-token")], token.as_bytes()).await.unwrap()
}

/// The next `times` requests of `operation`, such as `github/commits:octo/pay`, go wrong.
pub fn fail(maru: &Maru, operation: &str, kind: FaultKind, times: u32) {
    fail_for(maru, operation, kind, times, Duration::from_secs(600));
}

/// The same, with how long a limit or a delay lasts.
pub fn fail_for(maru: &Maru, operation: &str, kind: FaultKind, times: u32, delay: Duration) {
    let fault = Fault::new(FaultTarget::Partner, kind, times).of_operation(operation).with_delay(delay);
    maru.stack.parts().faults.push(fault);
}

/// How many requests of `login` counted against GitHub's hourly limit.
pub async fn requests(maru: &Maru, login: &str) -> u64 {
    let url = format!("{}/_partners/github/api/rate_limit", maru.stack.aws_url());
    let request = maru.client.get(url).bearer_auth(token(login)).header("user-agent", "test");
    let limits: Value = request.send().await.unwrap().json().await.unwrap();
    limits["resources"]["core"]["used"].as_u64().unwrap()
}
