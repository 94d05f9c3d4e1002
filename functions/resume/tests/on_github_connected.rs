//! Keeping the connection, and having the list of repositories before anybody asks for it.

use maru_stack::faults::FaultKind;
use maru_testing::Maru;
use serde_json::{Value, json};

use crate::github::{MINSEO, connect, connected, fail, requests, world};
use crate::list_github_repositories::{asked, list, names};
use crate::{OWNER, happens, invoke_at, setup, table};

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_there_before_anybody_asks_for_it() {
    let maru = setup().start().await;
    connect(&maru, MINSEO).await;
    assert_eq!(requests(&maru, MINSEO).await, 1);
    assert!(!names(&list(&maru, "").await).is_empty());
    assert_eq!(requests(&maru, MINSEO).await, 1);
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_connection_is_kept_also_when_github_fails() {
    let maru = setup().start().await;
    fail(&maru, "github", FaultKind::Error, 9);
    connect(&maru, MINSEO).await;
    maru.stack.parts().faults.clear();
    maru.stack.clock().advance(std::time::Duration::from_secs(60));
    assert!(!names(&list(&maru, "").await).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn another_account_brings_its_own_list_and_an_older_event_nothing() {
    let maru = setup().repositories(world(Vec::new())).start().await;
    connect(&maru, "octo").await;
    assert!(names(&list(&maru, "").await).is_empty());
    // The same moment again, and an earlier one that comes late.
    let other = connected(&maru, 7, "nobody").await;
    happens(&maru, "on_github_connected", "member.github_connected", &other).await;
    assert!(list(&maru, "").await["stale"].is_null(), "octo's token is still the one that is used");
}

/// A sign-in a second after the first one.
async fn connect_again(maru: &Maru, connected: &Value) {
    maru.stack.clock().advance(std::time::Duration::from_secs(1));
    let function = "on_github_connected";
    invoke_at(maru, function, "member.github_connected", connected, "2026-01-15T15:10:01Z").await.unwrap();
}

/// The sealed token of the owner's connection.
async fn sealed_token(maru: &Maru) -> Value {
    let items = table::items(maru, &format!("GITHUB#{OWNER}")).await;
    items.into_iter().find(|item| item["sk"] == "CONNECTION").unwrap()["sealedToken"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_account_keeps_its_list_and_brings_its_new_token() {
    let maru = setup().start().await;
    connect(&maru, MINSEO).await;
    let before = list(&maru, "").await;
    let mut again = connected(&maru, 5_100_001, MINSEO).await;
    again["scopes"].as_array_mut().unwrap().reverse();
    fail(&maru, "github", FaultKind::Error, 99);
    connect_again(&maru, &again).await;
    assert_eq!(list(&maru, "").await, before);
    maru.stack.parts().faults.clear();
    assert_eq!(requests(&maru, MINSEO).await, 1);
    assert_eq!(sealed_token(&maru).await, again["sealedToken"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_account_or_other_scopes_are_another_list() {
    for (github_id, scopes) in [(5_100_009, json!(["read:user", "user:email"])), (5_100_001, json!(["repo"]))]
    {
        let maru = setup().start().await;
        connect(&maru, MINSEO).await;
        let before = list(&maru, "").await;
        let mut other = connected(&maru, github_id, MINSEO).await;
        other["scopes"] = scopes;
        connect_again(&maru, &other).await;
        assert_eq!(requests(&maru, MINSEO).await, 2, "{other}");
        assert_ne!(list(&maru, "").await["fetchedAt"], before["fetchedAt"], "{other}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_token_is_used_at_once_after_the_old_one_was_refused() {
    let maru = setup().start().await;
    fail(&maru, "github", FaultKind::Unauthorized, 9);
    connect(&maru, MINSEO).await;
    asked(&maru, "").await.expect_problem(409, "github_unauthorized");
    maru.stack.parts().faults.clear();
    connect_again(&maru, &connected(&maru, 5_100_001, MINSEO).await).await;
    assert!(!names(&list(&maru, "").await).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_who_left_gets_no_connection_back() {
    let maru = setup().start().await;
    let left = json!({ "userId": OWNER, "deletedAt": "2026-01-15T15:10:00Z" });
    happens(&maru, "on_member_deleted_for_resume", "member.deleted", &left).await;
    connect(&maru, MINSEO).await;
    assert_eq!(requests(&maru, MINSEO).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_does_not_open_asks_the_member_to_connect_again() {
    let maru = setup().start().await;
    let mut broken = connected(&maru, 5_100_001, MINSEO).await;
    broken["sealedToken"] = json!("bm90IGEgc2VhbA");
    happens(&maru, "on_github_connected", "member.github_connected", &broken).await;
    asked(&maru, "").await.expect_problem(409, "github_unauthorized");
}
