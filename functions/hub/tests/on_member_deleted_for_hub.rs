//! What is left of a member who closed the account.

use maru_testing::Maru;
use serde_json::{Value, json};

use crate::publishing::{Resume, everything, publish, withdraw_quietly};
use crate::{comment, followed_up, ids, is_called, leaves, like, setup, view};

/// Two members with a resume each; each likes and comments on both, `usr_other` before `usr_gone`.
async fn two_members() -> Maru {
    let maru = setup().start().await;
    publish(&maru, &Resume::new("res_gone", "usr_gone")).await;
    publish(&maru, &Resume::new("res_other", "usr_other")).await;
    for member in ["usr_other", "usr_gone"] {
        is_called(&maru, member, 1, &format!("이름 {member}")).await;
        for resume in ["res_gone", "res_other"] {
            like(&maru, member, resume).await.expect(200);
            comment(&maru, member, resume, &format!("{member}의 말")).await;
            view(&maru, member, resume).await;
        }
    }
    followed_up(&maru).await;
    maru
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_the_member_is_left_but_that_they_are_gone_and_what_was_erased() {
    let maru = two_members().await;
    withdraw_quietly(&maru, "res_gone").await;
    leaves(&maru, "usr_gone").await;
    let left = everything(&maru).await;
    let theirs = |item: &&Value| {
        let text = item.to_string();
        text.contains("usr_gone") || text.contains("이름 usr_gone")
    };
    let mut left: Vec<&Value> = left.iter().filter(theirs).collect();
    left.sort_by_key(|item| item["pk"].to_string());
    assert_eq!(left.len(), 2, "{left:#?}");
    let record = json!({
        "pk": "ERASURE#usr_gone", "sk": "RECORD", "erasedAt": "2026-01-15T15:10:02Z",
        "what": { "likes": 2, "comments": 2, "resumes": 1 },
    });
    assert_eq!(left[0], &record);
    assert_eq!((&left[1]["pk"], &left[1]["nickname"]), (&json!("MEMBER#usr_gone"), &json!(null)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_see_is_true_afterwards() {
    let maru = two_members().await;
    leaves(&maru, "usr_gone").await;
    followed_up(&maru).await;
    let seen = view(&maru, "usr_other", "res_other").await;
    assert_eq!((&seen["likes"], &seen["comments"], &seen["liked"]), (&json!(1), &json!(1), &json!(true)));
    let comments = maru.get("/hub/resumes/res_other/comments", "").await.expect(200);
    assert_eq!(comments["items"].as_array().unwrap().len(), 1);
    assert_eq!(ids(&maru.get("/hub/resumes?sort=likes", "").await.expect(200)), ["res_other"]);
    let liked = maru.get("/hub/resumes?liked=true", &crate::token(&maru, "usr_other")).await.expect(200);
    assert_eq!(ids(&liked), ["res_other"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn told_twice_and_at_once_it_counts_what_was_erased_once() {
    let maru = two_members().await;
    futures::join!(leaves(&maru, "usr_gone"), leaves(&maru, "usr_gone"));
    leaves(&maru, "usr_gone").await;
    let left = everything(&maru).await;
    let record = left.iter().find(|item| item["pk"] == "ERASURE#usr_gone").unwrap();
    assert_eq!(record["what"], json!({ "likes": 2, "comments": 2, "resumes": 1 }));
    assert_eq!(view(&maru, "usr_other", "res_other").await["likes"], 1);
}
