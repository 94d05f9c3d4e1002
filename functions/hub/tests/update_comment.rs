//! `PATCH /hub/comments/{commentId}`.

use maru_testing::{Answer, Maru};
use reqwest::Method;
use serde_json::{Value, json};

use crate::publishing::withdraw_quietly;
use crate::{comment, expect_only_members, token, with_one};

async fn change(maru: &Maru, member: &str, comment: &Value, content: &str) -> Answer {
    let path = format!("/hub/comments/{}", comment["id"].as_str().unwrap());
    let request = maru.request(Method::PATCH, &path, &token(maru, member));
    Answer::read(request.json(&json!({ "content": content })).send().await.unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_author_changes_what_it_says() {
    let maru = with_one().await;
    let made = comment(&maru, "usr_a", "res_1", "좋아요!").await;
    let changed = change(&maru, "usr_a", &made, "아주 좋아요!").await.expect(200);
    assert_eq!(
        (&changed["content"], &changed["editedAt"]),
        (&json!("아주 좋아요!"), &json!("2026-01-15T15:10:00Z"))
    );
    let page = maru.get("/hub/resumes/res_1/comments", &token(&maru, "usr_a")).await.expect(200);
    assert_eq!(page["items"], json!([changed]));
    change(&maru, "usr_a", &made, "").await.expect_problem(400, "invalid_body");
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_did_not_write_it() {
    let maru = with_one().await;
    let made = comment(&maru, "usr_a", "res_1", "좋아요!").await;
    expect_only_members(&maru, Method::PATCH, "/hub/comments/cmt_1").await;
    for member in ["usr_b", "usr_owner"] {
        change(&maru, member, &made, "나빠요").await.expect_problem(404, "not_found");
    }
    change(&maru, "usr_a", &json!({ "id": "cmt_unknown" }), "나빠요").await.expect_problem(404, "not_found");
    withdraw_quietly(&maru, "res_1").await;
    change(&maru, "usr_a", &made, "나빠요").await.expect_problem(404, "not_found");
}
