//! `GET /posts/{postId}`.

use reqwest::Method;

use crate::people::{ask, expect_no_bad_token, id, leaves, post_at, read, town, vote};

#[tokio::test(flavor = "multi_thread")]
async fn a_post_is_read_by_anybody_with_its_votes() {
    let maru = town().await;
    let post = id(&post_at(&maru, "usr_a", (37.5, 127.0)).await);
    vote(&maru, "usr_b", &post, "down").await.expect(200);
    for (reader, own) in [("usr_b", "down"), ("usr_c", "none"), ("", "none")] {
        let read = read(&maru, &format!("/posts/{post}"), reader).await;
        assert_eq!((read["up"].as_i64(), read["down"].as_i64()), (Some(0), Some(1)));
        assert_eq!(read["vote"], own);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_not_found() {
    let maru = town().await;
    ask(&maru, Method::GET, "/posts/pst_unknown", "").await.expect_problem(404, "not_found");
    let post = id(&post_at(&maru, "usr_a", (37.5, 127.0)).await);
    leaves(&maru, "usr_a").await;
    ask(&maru, Method::GET, &format!("/posts/{post}"), "").await.expect_problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_has_a_bad_token() {
    expect_no_bad_token(&town().await, "/posts/pst_1").await;
}
