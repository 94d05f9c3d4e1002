//! What the cache of the repository list saves: the list of a member with many repositories, fetched whole from
//! GitHub, served from the cache, and asked for again with an `ETag` when the cache is stale.
//!
//! GitHub is the sandbox, which here takes a fixed time for each answer.
//!
//! ```sh
//! cargo build --release -p maru-measure && target/release/measure_repositories
//! ```

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clap::Parser;
use maru_auth::Role;
use maru_lambda::{Clock, Environment, FromEnvironment};
use maru_measure::{Outcome, build, median, milliseconds, rounded, say};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_stack::github::{Account, Author, Draft, Repositories, World};
use maru_testing::{Maru, Setup};
use maru_vault::Vault;
use serde_json::{Value, json};

#[derive(Parser)]
struct Arguments {
    /// How many repositories the member has.
    #[arg(long, default_value_t = 250)]
    repositories: u64,
    /// How long GitHub takes for an answer, in milliseconds.
    #[arg(long, default_value_t = 100)]
    latency: u64,
    /// How often each is measured.
    #[arg(long, default_value_t = 21)]
    runs: usize,
}

const MEMBER: &str = "usr_reader";
const PERSON: Author = Author { name: "Octo", email: "octo@example.com", login: Some("octo") };

#[tokio::main]
async fn main() -> Outcome<()> {
    let arguments = Arguments::parse();
    let functions = vec![resume::FUNCTIONS];
    let maru = Setup::new(functions).repositories(world(arguments.repositories)).frozen().start().await;
    connect(&maru).await?;
    let fault = Fault::new(FaultTarget::Partner, FaultKind::Delay, u32::MAX);
    maru.stack.parts().faults.push(fault.with_delay(Duration::from_millis(arguments.latency)));
    let (mut cold, mut warm, mut stale) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..arguments.runs {
        // After a week nothing of the copy is used.
        maru.stack.clock().advance(Duration::from_secs(8 * 24 * 3_600));
        cold.push(list(&maru).await);
        warm.push(list(&maru).await);
        maru.stack.clock().advance(Duration::from_secs(2 * 3_600));
        stale.push(list(&maru).await);
    }
    let (cold, warm, stale) = (median(cold), median(warm), median(stale));
    say(&json!({
        "build": build(), "repositories": arguments.repositories, "latencyMilliseconds": arguments.latency,
        "coldMilliseconds": milliseconds(cold), "warmMilliseconds": milliseconds(warm),
        "staleMilliseconds": milliseconds(stale),
        "coldToWarm": rounded(cold.as_secs_f64() / warm.as_secs_f64()),
        "staleToWarm": rounded(stale.as_secs_f64() / warm.as_secs_f64()),
        "coldToStale": rounded(cold.as_secs_f64() / stale.as_secs_f64()),
    }));
    Ok(())
}

/// One person with so many repositories.
fn world(count: u64) -> Repositories {
    let account = Account::new(1, "octo", Some("Octo"), &[PERSON.email]);
    let repository = |number: u64| {
        let when = format!("2025-{:02}-{:02} 00:00", 1 + number % 12, 1 + number % 28);
        let draft = Draft::new(100 + number, &account, &format!("r{number:03}"), "2000-01-01 00:00");
        Arc::new(draft.commit(&PERSON, &when, "feat: something", "a.rs").build())
    };
    let repositories = (0..count).map(repository).collect();
    Repositories::given(World { accounts: vec![account], repositories })
}

/// Connects the member's account to GitHub, as the domain that signs members in tells of it.
async fn connect(maru: &Maru) -> Outcome<()> {
    let key = maru.stack.parts().template.keys.first().ok_or("no key")?.clone();
    let variables = BTreeMap::from([("SECRETS_KEY_ID".to_owned(), key)]);
    let environment = Environment::new(variables, maru.stack.sdk_config(), Clock::system());
    let vault = Vault::from_environment(&environment)?;
    let scopes = ["read:user", "user:email"];
    let inside = json!({ "login": "octo", "scopes": scopes, "nonce": 1 });
    let token = format!("gho_{}", URL_SAFE_NO_PAD.encode(inside.to_string()));
    let sealed = vault.seal(&[("user", MEMBER), ("purpose", "github-token")], token.as_bytes()).await?;
    let now = maru.stack.clock().now();
    let data = json!({
        "userId": MEMBER, "githubId": 1, "login": "octo", "name": null, "emails": [PERSON.email],
        "sealedToken": sealed, "scopes": scopes,
    });
    let event = json!({
        "version": "0", "id": "evt_1", "detail-type": "member.github_connected", "source": "maru.identity",
        "account": "000000000000", "time": now, "region": "ap-northeast-2", "resources": [],
        "detail": { "id": "evt_1", "type": "member.github_connected", "version": 1, "occurredAt": now, "data": data },
    });
    maru.stack.invoke("on_github_connected", event).await?;
    Ok(())
}

/// How long the list takes.
async fn list(maru: &Maru) -> Duration {
    let token = maru.token(MEMBER, Role::User);
    let began = Instant::now();
    let _: Value = maru.get("/github/repositories?limit=100", &token).await.expect(200);
    began.elapsed()
}
