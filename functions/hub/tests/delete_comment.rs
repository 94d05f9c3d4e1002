//! `DELETE /hub/comments/{commentId}`.

use futures::future::join_all;
use maru_testing::{Answer, Maru};
use reqwest::Method;
use serde_json::{Value, json};

use crate::publishing::withdraw_quietly;
use crate::{ask, comment, expect_only_members, followed_up, like, token, told, view, with_one};

async fn delete(maru: &Maru, member: &str, comment: &Value) -> Answer {
    let path = format!("/hub/comments/{}", comment["id"].as_str().unwrap());
    ask(maru, Method::DELETE, &path, &token(maru, member)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_is_deleted_once_and_counted_no_more() {
    let maru = with_one().await;
    let (one, other) =
        (comment(&maru, "usr_a", "res_1", "좋아요!").await, comment(&maru, "usr_a", "res_1", "또요").await);
    let statuses: Vec<u16> = join_all((0..8).map(|_| delete(&maru, "usr_a", &one)))
        .await
        .iter()
        .map(|answer| answer.status)
        .collect();
    assert_eq!(statuses.iter().filter(|status| **status == 204).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 404).count(), 7, "{statuses:?}");
    assert_eq!(view(&maru, "usr_b", "res_1").await["comments"], 1);
    let page = maru.get("/hub/resumes/res_1/comments", &token(&maru, "usr_a")).await.expect(200);
    assert_eq!(page["items"], json!([other]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_of_a_resume_deletes_what_stands_under_it() {
    let maru = with_one().await;
    let made = comment(&maru, "usr_a", "res_1", "나빠요").await;
    assert_eq!(delete(&maru, "usr_owner", &made).await.status, 204);
    assert_eq!(view(&maru, "usr_b", "res_1").await["comments"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_words_can_be_deleted_under_what_is_private_by_now() {
    let maru = with_one().await;
    let made = comment(&maru, "usr_a", "res_1", "좋아요!").await;
    withdraw_quietly(&maru, "res_1").await;
    assert_eq!(delete(&maru, "usr_a", &made).await.status, 204);
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_neither_wrote_it_nor_owns_the_resume() {
    let maru = with_one().await;
    let made = comment(&maru, "usr_a", "res_1", "좋아요!").await;
    expect_only_members(&maru, Method::DELETE, "/hub/comments/cmt_1").await;
    delete(&maru, "usr_b", &made).await.expect_problem(404, "not_found");
    delete(&maru, "usr_a", &json!({ "id": "cmt_unknown" })).await.expect_problem(404, "not_found");
    assert_eq!(view(&maru, "usr_b", "res_1").await["comments"], 1);
}

/// The deletion asks for nothing, so it must not look as if it had.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_after_a_deletion_is_followed_up_as_soon_as_ever() {
    let maru = with_one().await;
    let made = comment(&maru, "usr_a", "res_1", "좋아요!").await;
    followed_up(&maru).await;
    assert_eq!(delete(&maru, "usr_a", &made).await.status, 204);
    // Counted in the same of the four parts.
    like(&maru, "usr_a", "res_1").await.expect(200);
    followed_up(&maru).await;
    let kinds: Vec<Value> = told(&maru, "usr_owner").await.iter().map(|item| item["kind"].clone()).collect();
    assert_eq!(kinds, ["LIKE", "COMMENT"]);
}
