//! `DELETE /hub/resumes/{resumeId}/like`.

use reqwest::Method;
use serde_json::json;

use crate::publishing::{Resume, publish, withdraw_quietly};
use crate::{expect_only_members, like, unlike, view, with_one};

#[tokio::test(flavor = "multi_thread")]
async fn a_like_is_taken_back_once_however_often_it_is_asked() {
    let maru = with_one().await;
    like(&maru, "usr_a", "res_1").await.expect(200);
    like(&maru, "usr_b", "res_1").await.expect(200);
    for _ in 0..2 {
        assert_eq!(unlike(&maru, "usr_a", "res_1").await.expect(200), json!({ "liked": false, "likes": 1 }));
    }
    assert_eq!(unlike(&maru, "usr_never", "res_1").await.expect(200)["likes"], 1);
    assert_eq!(like(&maru, "usr_a", "res_1").await.expect(200)["likes"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_like_of_what_is_private_by_now_is_taken_back_and_nothing_said() {
    let maru = with_one().await;
    like(&maru, "usr_a", "res_1").await.expect(200);
    withdraw_quietly(&maru, "res_1").await;
    unlike(&maru, "usr_a", "res_1").await.expect_problem(404, "not_found");
    publish(&maru, &Resume { version: 1_001, ..Resume::new("res_1", "usr_owner") }).await;
    assert_eq!(view(&maru, "usr_a", "res_1").await["likes"], 0);
}

#[tokio::test]
async fn refuses_whoever_has_no_account() {
    let maru = with_one().await;
    expect_only_members(&maru, Method::DELETE, "/hub/resumes/res_1/like").await;
}
