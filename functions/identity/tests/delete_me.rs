//! `DELETE /me`.

use futures::future::join_all;
use maru_auth::Role;
use maru_testing::Answer;
use reqwest::Method;
use serde_json::json;

use crate::{
    PASSWORD, delete_me, expect_only_members, member, patch, refresh, sign_up, signed_in, start, table, text,
};

#[tokio::test]
async fn nothing_of_the_account_works_any_more() {
    let maru = start().await;
    let tokens = sign_up(&maru, "maru_1", "마루").await;
    let token = text(&tokens, "accessToken");
    let answer = delete_me(&maru, &token).await;
    assert_eq!(answer.status, 204);
    assert!(
        answer.headers["set-cookie"].to_str().unwrap().starts_with("maru_refresh=; Max-Age=0; Path=/auth;")
    );
    refresh(&maru, &text(&tokens, "refreshToken")).await.expect_problem(401, "invalid_refresh_token");
    let credentials = json!({ "account": "maru_1", "password": PASSWORD });
    maru.post("/auth/login", "", &credentials).await.expect_problem(401, "wrong_credentials");
    patch(&maru, &token, &json!({ "name": "x" })).await.expect_problem(401, "account_closed");
    delete_me(&maru, &token).await.expect_problem(401, "account_closed");
}

#[tokio::test]
async fn what_was_the_members_is_erased_and_free_at_once() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "마루").await;
    patch(&maru, &token, &json!({ "name": "홍길동", "email": "gildong@example.com" })).await.expect(200);
    // What is counted of logins is left for a while.
    for (password, status) in [("wrong password", 401), (PASSWORD, 200)] {
        let credentials = json!({ "account": "maru_1", "password": password });
        assert_eq!(maru.post("/auth/login", "", &credentials).await.status, status);
    }
    assert_eq!(delete_me(&maru, &token).await.status, 204);
    assert!(!table::identity(&maru, "LIMIT#login-account#").await.is_empty());
    let left = format!("{:?}", table::identity(&maru, "").await);
    for erased in ["홍길동", "gildong", "argon2", "마루", "maru_1"] {
        assert!(!left.contains(erased), "{erased} in {left}");
    }
    sign_up(&maru, "maru_1", "마루").await;
}

#[tokio::test]
async fn an_account_that_its_owner_saw_otherwise_is_not_closed() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "마루").await;
    patch(&maru, &token, &json!({ "name": "홍길동" })).await.expect(200);
    let ask = async |tag: &str| {
        let request = maru.request(Method::DELETE, "/me", &token).header("if-match", tag);
        Answer::read(request.send().await.unwrap()).await
    };
    for stale in ["\"1\"", "2", "W/\"2\"", ""] {
        ask(stale).await.expect_problem(412, "stale");
    }
    assert_eq!(maru.get("/me", &token).await.expect(200)["name"], "홍길동");
    assert_eq!(ask("\"1\", \"2\"").await.status, 204);
}

#[tokio::test]
async fn somebody_who_signs_in_again_with_the_same_provider_is_somebody_new() {
    let maru = start().await;
    let (_, tokens) = signed_in(&maru, "github", "minseo-kim").await;
    let token = text(&tokens, "accessToken");
    let old = text(&maru.get("/me", &token).await.expect(200), "id");
    assert_eq!(delete_me(&maru, &token).await.status, 204);
    maru.settle().await;
    let (_, tokens) = signed_in(&maru, "github", "minseo-kim").await;
    assert_eq!(tokens["newMember"], true);
    assert_ne!(text(&maru.get("/me", &text(&tokens, "accessToken")).await.expect(200), "id"), old);
}

#[tokio::test]
async fn the_other_domains_are_told_once_however_often_it_is_asked() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "마루").await;
    let user = text(&maru.get("/me", &token).await.expect(200), "id");
    crate::without_bus(&maru);
    let answers = join_all((0..5).map(|_| delete_me(&maru, &token))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 204).count(), 1);
    assert_eq!(answers.iter().filter(|answer| answer.json["code"] == "account_closed").count(), 4);
    let events = table::waiting(&maru, "member.deleted").await;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["data"], json!({ "userId": user, "deletedAt": "2026-01-15T15:10:00Z" }));
}

/// The token of somebody who never was here is good, and other domains may have data of theirs.
#[tokio::test]
async fn somebody_who_never_looked_at_their_profile_can_leave() {
    let maru = start().await;
    crate::without_bus(&maru);
    let token = maru.token("usr_lecturer", Role::Lecturer);
    assert_eq!(delete_me(&maru, &token).await.status, 204);
    let events = table::waiting(&maru, "member.deleted").await;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["data"]["userId"], "usr_lecturer");
    for method in [Method::GET, Method::DELETE] {
        let request = maru.request(method, "/me", &token);
        Answer::read(request.send().await.unwrap()).await.expect_problem(401, "account_closed");
    }
    assert!(table::identity(&maru, "NICKNAME#").await.is_empty());
}

#[tokio::test]
async fn refuses_whoever_is_no_member() {
    let maru = start().await;
    expect_only_members(&maru, Method::DELETE, "/me").await;
}
