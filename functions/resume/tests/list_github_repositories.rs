//! The list of repositories: whose, how old, how often GitHub is asked, and what happens when GitHub fails.

use std::time::Duration;

use futures::future::join_all;
use maru_stack::faults::FaultKind;
use maru_stack::github::{Draft, Repository};
use maru_testing::{Answer, Maru};
use reqwest::Method;
use serde_json::{Value, json};

use crate::github::{MINSEO, OCTO, connect, fail, fail_for, octo, requests, world};
use crate::{OWNER, expect_only_members, setup, token};

const PATH: &str = "/github/repositories";

/// The answer to the owner who asks for the list.
pub async fn asked(maru: &Maru, query: &str) -> Answer {
    maru.get(&format!("{PATH}{query}"), &token(maru, OWNER)).await
}

/// The owner's list.
pub async fn list(maru: &Maru, query: &str) -> Value {
    asked(maru, query).await.expect(200)
}

/// The full names in a list.
pub fn names(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|item| item["fullName"].as_str().unwrap()).collect()
}

fn hours(maru: &Maru, hours: u64) {
    maru.stack.clock().advance(Duration::from_secs(hours * 3_600));
}

/// Repositories `octo/r000` … with a commit each, the first one pushed to last.
fn many(count: u64) -> Vec<Repository> {
    let repository = |number: u64| {
        let day = 28 - number % 28;
        let when = format!("{:04}-01-{day:02} 00:00", 2025 - number / 28);
        Draft::new(100 + number, &octo(), &format!("r{number:03}"), "2000-01-01 00:00")
            .commit(&OCTO, &when, "feat: something", "a.rs")
            .build()
    };
    (0..count).map(repository).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_is_no_member() {
    let maru = setup().start().await;
    expect_only_members(&maru, Method::GET, PATH).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_without_github_is_told_to_connect_it() {
    let maru = setup().start().await;
    asked(&maru, "").await.expect_problem(409, "github_not_connected");
}

#[tokio::test(flavor = "multi_thread")]
async fn own_and_the_organisations_public_ones_the_newest_push_first() {
    let maru = setup().start().await;
    connect(&maru, MINSEO).await;
    let list = list(&maru, "").await;
    let names = names(&list);
    let expected =
        ["minseo-kim/notes", "sori-lab/speech-pipeline", "minseo-kim/tidewatch", "minseo-kim/cronlite"];
    assert_eq!(names[..4], expected);
    assert!(names.contains(&"minseo-kim/orders"));
    for others in ["minseo-kim/homelab", "jiwoo-han/mapae"] {
        assert!(!names.contains(&others), "{others} is private or another's");
    }
    let orders =
        &list["items"].as_array().unwrap()[names.iter().position(|it| *it == "minseo-kim/orders").unwrap()];
    assert_eq!(
        (&orders["language"], &orders["fork"], &orders["name"]),
        (&json!("Java"), &json!(false), &json!("orders"))
    );
    assert_eq!((&list["stale"], &list["nextCursor"]), (&Value::Null, &Value::Null));
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn within_an_hour_github_is_not_asked_again() {
    let maru = setup().start().await;
    connect(&maru, MINSEO).await;
    maru.stack.clock().advance(Duration::from_secs(3_599));
    list(&maru, "").await;
    assert_eq!(requests(&maru, MINSEO).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_an_hour_an_unchanged_list_costs_no_request() {
    let maru = setup().repositories(world(many(250))).start().await;
    connect(&maru, "octo").await;
    assert_eq!(requests(&maru, "octo").await, 3);
    let before = list(&maru, "?limit=1").await;
    hours(&maru, 2);
    let after = list(&maru, "?limit=1").await;
    // The sandbox counts by the hour, and what is unchanged not at all.
    assert_eq!(requests(&maru, "octo").await, 0);
    assert_ne!(before["fetchedAt"], after["fetchedAt"]);
    assert_eq!(before["items"], after["items"]);
    // The cursor of before is still one of this list.
    let cursor = before["nextCursor"].as_str().unwrap();
    assert_eq!(names(&list(&maru, &format!("?limit=1&cursor={cursor}")).await), ["octo/r001"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_a_week_ago_is_fetched_whole() {
    let maru = setup().repositories(world(many(3))).start().await;
    connect(&maru, "octo").await;
    hours(&maru, 24 * 8);
    list(&maru, "").await;
    assert_eq!(requests(&maru, "octo").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_repository_stands_on_one_page_of_the_list() {
    let maru = setup().repositories(world(many(250))).start().await;
    connect(&maru, "octo").await;
    let mut seen = Vec::new();
    let mut query = "?limit=100".to_owned();
    loop {
        let page = list(&maru, &query).await;
        seen.extend(names(&page).into_iter().map(str::to_owned));
        let Some(cursor) = page["nextCursor"].as_str() else { break };
        query = format!("?limit=100&cursor={cursor}");
    }
    let expected: Vec<String> = (0..250).map(|number| format!("octo/r{number:03}")).collect();
    assert_eq!(seen, expected);
    for wrong in ["limit=0", "limit=101", "page=2"] {
        asked(&maru, &format!("?{wrong}")).await.expect_problem(400, "invalid_query");
    }
    asked(&maru, "?cursor=nonsense").await.expect_problem(400, "invalid_cursor");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_callers_at_once_are_one_fetch() {
    let maru = setup().start().await;
    fail(&maru, "github", FaultKind::Error, 9);
    connect(&maru, MINSEO).await;
    maru.stack.parts().faults.clear();
    maru.stack.clock().advance(Duration::from_secs(60));
    fail_for(&maru, "github/repositories", FaultKind::Delay, 9, Duration::from_millis(300));
    let answers = join_all((0..10).map(|_| list(&maru, ""))).await;
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(requests(&maru, MINSEO).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_github_fails_the_old_list_says_since_when_and_why() {
    for (kind, reason) in [
        (FaultKind::Error, "github_unavailable"),
        (FaultKind::LostAnswer, "github_unavailable"),
        (FaultKind::Timeout, "github_unavailable"),
        (FaultKind::PrimaryLimit, "github_rate_limited"),
        (FaultKind::SecondaryLimit, "github_rate_limited"),
        (FaultKind::Throttle, "github_rate_limited"),
        (FaultKind::Unauthorized, "github_unauthorized"),
    ] {
        let maru = setup().start().await;
        connect(&maru, MINSEO).await;
        let fresh = list(&maru, "").await;
        hours(&maru, 2);
        fail(&maru, "github/repositories", kind, 9);
        let stale = list(&maru, "").await;
        assert_eq!(stale["items"], fresh["items"], "{kind:?}");
        let why = json!([stale["stale"]["since"], stale["stale"]["reason"]]);
        assert_eq!(why, json!([fresh["fetchedAt"], reason]), "{kind:?}");
        // Nobody asks again before GitHub can have recovered; then the list is fresh.
        maru.stack.parts().faults.clear();
        assert!(list(&maru, "").await["stale"].is_object(), "{kind:?}");
        hours(&maru, 1);
        assert!(list(&maru, "").await["stale"].is_null(), "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_old_list_the_problem_says_what_to_do() {
    for (kind, status, code) in [
        (FaultKind::Error, 502, "github_unavailable"),
        (FaultKind::Unauthorized, 409, "github_unauthorized"),
        (FaultKind::PrimaryLimit, 503, "github_rate_limited"),
    ] {
        let maru = setup().start().await;
        fail(&maru, "github", kind, 99);
        connect(&maru, MINSEO).await;
        for _ in 0..2 {
            let answer = asked(&maru, "").await;
            let wait = answer.headers.get("retry-after").and_then(|wait| wait.to_str().ok()?.parse().ok());
            answer.expect_problem(status, code);
            assert_eq!(wait, (status == 503).then_some(600));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_who_dies_is_followed_after_the_lease() {
    let maru = setup().start().await;
    connect(&maru, MINSEO).await;
    hours(&maru, 2);
    let plan = maru_stack::crash::CrashPlan {
        function: "list_github_repositories".to_owned(),
        at_call: 4,
        operation: None,
        moment: maru_stack::crash::Moment::After,
    };
    maru.stack.parts().crashes.arm(plan);
    let _ = asked(&maru, "").await;
    assert!(maru.stack.parts().crashes.hit());
    maru.stack.clock().advance(Duration::from_secs(31));
    let list = list(&maru, "").await;
    assert!(list["stale"].is_null() && !names(&list).is_empty());
}
