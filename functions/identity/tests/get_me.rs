//! `GET /me`.

use std::collections::BTreeSet;

use futures::future::join_all;
use maru_auth::Role;
use reqwest::Method;
use serde_json::json;

use crate::{delete_me, expect_only_members, member, start, table, text};

#[tokio::test]
async fn shows_everything_that_a_member_can_say_of_themselves() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "마루").await;
    let answer = maru.get("/me", &token).await;
    assert_eq!(answer.headers["etag"], "\"1\"");
    let me = answer.expect(200);
    let expected = json!({
        "id": me["id"], "nickname": "마루", "account": "maru_1", "roles": ["USER"], "plan": "FREE", "connections": [],
        "name": null, "email": null, "phone": null, "position": null, "imageUrl": null,
        "workExperiences": [], "educations": [], "certificates": [], "links": [],
        "revision": 1, "createdAt": "2026-01-15T15:10:00Z", "updatedAt": "2026-01-15T15:10:00Z",
    });
    assert_eq!(me, expected);
}

/// The local stack's demo users, and lecturers of the platform, have tokens before they have a profile.
#[tokio::test]
async fn somebody_with_a_good_token_who_never_was_here_becomes_a_member_once() {
    let maru = start().await;
    crate::without_bus(&maru);
    let token = maru.token("usr_00000000000000000000000001", Role::User);
    let answers = join_all((0..5).map(|_| maru.get("/me", &token))).await;
    let nicknames: BTreeSet<String> =
        answers.into_iter().map(|answer| text(&answer.expect(200), "nickname")).collect();
    assert_eq!(nicknames.len(), 1, "{nicknames:?}");
    assert!(nicknames.first().unwrap().starts_with("회원"));
    assert_eq!(table::waiting(&maru, "member.profile_changed").await.len(), 1);
}

#[tokio::test]
async fn nobody_comes_back_after_their_account_was_closed() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "마루").await;
    assert_eq!(delete_me(&maru, &token).await.status, 204);
    maru.get("/me", &token).await.expect_problem(401, "account_closed");
}

#[tokio::test]
async fn refuses_whoever_is_no_member() {
    let maru = start().await;
    expect_only_members(&maru, Method::GET, "/me").await;
    let token = member(&maru, "maru_1", "마루").await;
    crate::advance(&maru, 15 * 60 + 6);
    maru.get("/me", &token).await.expect_problem(401, "unauthenticated");
}
