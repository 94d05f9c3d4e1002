//! `POST /notifications/read-all`.

use reqwest::Method;
use serde_json::json;

use crate::{OWNER, comments, expect_only_members, leaves, likes, list, mark, pass, start, token, told};

const PATH: &str = "/notifications/read-all";

#[tokio::test(flavor = "multi_thread")]
async fn everything_told_so_far_is_read_by_one_write_and_what_comes_later_is_not() {
    let maru = start().await;
    for number in 0..5 {
        comments(&maru, &format!("m{number}"), "usr_a").await;
        pass(&maru, 1);
    }
    let counts = &maru.stack.parts().counts;
    counts.clear();
    assert_eq!(maru.post(PATH, &token(&maru, OWNER), &json!({})).await.status, 204);
    assert_eq!(counts.calls().iter().map(|call| call.count).sum::<u64>(), 1);
    let all = told(&maru).await;
    assert!(all.iter().all(|notification| notification["read"] == true), "{all:#?}");
    assert_eq!(list(&maru, "?unread=true").await.len(), 0);

    comments(&maru, "m5", "usr_a").await;
    mark(&maru, OWNER, &all[2], false).await.expect(200);
    let unread = list(&maru, "?unread=true").await;
    assert_eq!((unread.len(), &unread[1]["id"]), (2, &all[2]["id"]));
    assert_eq!(maru.post(PATH, &token(&maru, OWNER), &json!({})).await.status, 204);
    assert_eq!(list(&maru, "?unread=true").await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn likes_that_come_afterwards_within_the_hour_are_unread() {
    let maru = start().await;
    likes(&maru, "m1", "usr_a").await;
    maru.post(PATH, &token(&maru, OWNER), &json!({})).await;
    likes(&maru, "m2", "usr_b").await;
    let unread = list(&maru, "?unread=true").await;
    assert_eq!((unread.len(), &unread[0]["count"]), (1, &json!(2)));
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_has_no_account_and_marks_nobody_elses() {
    let maru = start().await;
    expect_only_members(&maru, Method::POST, PATH).await;
    comments(&maru, "m1", "usr_a").await;
    maru.post(PATH, &token(&maru, "usr_a"), &json!({})).await;
    assert_eq!(told(&maru).await[0]["read"], false, "another member's");
    leaves(&maru, OWNER).await;
    assert_eq!(
        maru.post(PATH, &token(&maru, OWNER), &json!({})).await.status,
        204,
        "there is nothing to mark"
    );
}
