//! `PATCH /notifications/{notificationId}`.

use reqwest::Method;
use serde_json::json;

use crate::{OWNER, comments, expect_only_members, likes, list, mark, pass, start, token, told};

#[tokio::test(flavor = "multi_thread")]
async fn a_notification_is_read_and_unread_as_its_member_says() {
    let maru = start().await;
    comments(&maru, "m1", "usr_a").await;
    let notification = told(&maru).await.remove(0);
    for read in [true, true, false, false, true] {
        let marked = mark(&maru, OWNER, &notification, read).await.expect(200);
        assert_eq!(marked["read"], read);
        assert_eq!(told(&maru).await, [marked]);
        assert_eq!(list(&maru, "?unread=true").await.len(), usize::from(!read));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_added_to_is_unread_again() {
    let maru = start().await;
    likes(&maru, "m1", "usr_a").await;
    mark(&maru, OWNER, &told(&maru).await[0], true).await.expect(200);
    pass(&maru, 3_599);
    likes(&maru, "m2", "usr_b").await;
    let told = told(&maru).await;
    assert_eq!((told.len(), &told[0]["read"], &told[0]["count"]), (1, &json!(false), &json!(2)));
    assert_eq!(list(&maru, "?unread=true").await, told);
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_was_not_told_and_what_is_not_understood() {
    let maru = start().await;
    expect_only_members(&maru, Method::PATCH, "/notifications/ntf_1").await;
    comments(&maru, "m1", "usr_a").await;
    let notification = told(&maru).await.remove(0);
    mark(&maru, "usr_a", &notification, true).await.expect_problem(404, "not_found");
    mark(&maru, OWNER, &json!({ "id": "ntf_unknown" }), true).await.expect_problem(404, "not_found");
    let path = format!("/notifications/{}", notification["id"].as_str().unwrap());
    for body in [json!({}), json!({ "read": "yes" }), json!({ "read": true, "count": 0 })] {
        let request = maru.request(Method::PATCH, &path, &token(&maru, OWNER)).json(&body);
        let answer = maru_testing::Answer::read(request.send().await.unwrap()).await;
        answer.expect_problem(400, "invalid_body");
    }
    assert_eq!(told(&maru).await[0]["read"], false);
}
