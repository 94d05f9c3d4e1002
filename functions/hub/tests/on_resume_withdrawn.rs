//! The entries of a resume that is withdrawn.

use serde_json::json;

use crate::publishing::{Resume, entries, publish, while_listing, withdraw, withdraw_quietly};
use crate::{followed_up, like, with_one};

#[tokio::test(flavor = "multi_thread")]
async fn no_entry_stays_and_likes_wait_for_it_to_come_back() {
    let maru = with_one().await;
    let resume = Resume::new("res_1", "usr_owner");
    like(&maru, "usr_a", "res_1").await.expect(200);
    followed_up(&maru).await;
    assert_eq!(entries(&maru).await, 6);
    withdraw(&maru, &resume).await;
    assert_eq!(entries(&maru).await, 0);
    publish(&maru, &Resume { version: 1_001, ..resume }).await;
    assert_eq!(entries(&maru).await, 6);
    let list = maru.get("/hub/resumes?sort=likes", "").await.expect(200);
    assert_eq!((&list["items"][0]["id"], &list["items"][0]["likes"]), (&json!("res_1"), &json!(1)));
}

/// Whoever saw the resume private is slower than whoever finds it listed as it should be.
#[tokio::test(flavor = "multi_thread")]
async fn a_resume_that_is_public_again_at_once_stays_listed() {
    let maru = with_one().await;
    let resume = Resume::new("res_1", "usr_owner");
    withdraw_quietly(&maru, "res_1").await;
    let later = Resume { version: 1_001, ..resume };
    let again = Box::pin(publish(&maru, &later));
    while_listing(&maru, "on_resume_withdrawn", "resume.withdrawn", again).await;
    assert_eq!(entries(&maru).await, 6);
}
