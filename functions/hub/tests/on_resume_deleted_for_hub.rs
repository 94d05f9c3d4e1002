//! What is left of a resume that was deleted.

use serde_json::{Value, json};

use crate::publishing::{everything, withdraw_quietly};
use crate::{comment, followed_up, happens, like, unlike, with_one};

#[tokio::test(flavor = "multi_thread")]
async fn entries_and_comments_go_and_the_likes_of_others_can_be_taken_back() {
    let maru = with_one().await;
    like(&maru, "usr_a", "res_1").await.expect(200);
    for author in ["usr_a", "usr_owner"] {
        comment(&maru, author, "res_1", "좋아요!").await;
    }
    followed_up(&maru).await;
    withdraw_quietly(&maru, "res_1").await;
    let data = json!({ "resumeId": "res_1", "ownerId": "usr_owner", "version": 2 });
    for _ in 0..2 {
        happens(&maru, "on_resume_deleted_for_hub", "resume.deleted", &data).await;
    }
    let left = everything(&maru).await;
    let of = |kind: &str| -> Vec<&Value> {
        left.iter().filter(|item| item["pk"].as_str().unwrap().starts_with(kind)).collect()
    };
    for kind in ["LIST#", "COMMENTS#", "COMMENT#", "AUTHOR#", "OWNER#"] {
        assert_eq!(of(kind), [&Value::Null; 0], "{kind}");
    }
    assert!(!of("RESUME#").iter().any(|item| item.to_string().contains("usr_owner")), "{left:#?}");
    let comments: i64 = of("RESUME#").iter().filter_map(|item| item["comments"].as_i64()).sum();
    assert_eq!(comments, 0);
    unlike(&maru, "usr_a", "res_1").await.expect_problem(404, "not_found");
    assert!(!everything(&maru).await.iter().any(|item| item["pk"] == "LIKES#usr_a"));
}
