//! `DELETE /posts/{postId}`.

use maru_stack::crash::{CrashPlan, Moment};
use reqwest::Method;

use crate::people::{ask, expect_members_only, id, ids, post_at, read, table, town, vote};

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_post_is_nowhere_any_more_and_takes_no_votes() {
    let maru = town().await;
    let post = id(&post_at(&maru, "usr_a", (37.5, 127.0)).await);
    vote(&maru, "usr_b", &post, "up").await.expect(200);
    let path = format!("/posts/{post}");
    ask(&maru, Method::DELETE, &path, "usr_a").await.expect(204);
    ask(&maru, Method::DELETE, &path, "usr_a").await.expect_problem(404, "not_found");
    ask(&maru, Method::GET, &path, "usr_b").await.expect_problem(404, "not_found");
    for choice in ["up", "down", "none"] {
        vote(&maru, "usr_b", &post, choice).await.expect_problem(404, "not_found");
    }
    for radius in [5_000, 1_000, 10] {
        let near = read(&maru, &format!("/posts?lat=37.5&lon=127&radius={radius}"), "").await;
        assert_eq!(ids(&near), [""; 0]);
    }
    assert_eq!(table(&maru).keys_of("AUTHOR#usr_a").await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_that_dies_is_done_whole_or_not_at_all() {
    for moment in [Moment::Before, Moment::After] {
        let maru = town().await;
        let post = id(&post_at(&maru, "usr_a", (37.5, 127.0)).await);
        let crashes = &maru.stack.parts().crashes;
        let (function, operation) = ("delete_post".to_owned(), Some("TransactWriteItems".to_owned()));
        crashes.arm(CrashPlan { function, at_call: 1, operation, moment });
        assert!(ask(&maru, Method::DELETE, &format!("/posts/{post}"), "usr_a").await.status >= 500);
        let there = usize::from(moment == Moment::Before);
        for radius in [5_000, 1_000, 10] {
            let near = read(&maru, &format!("/posts?lat=37.5&lon=127&radius={radius}"), "").await;
            assert_eq!(ids(&near).len(), there);
        }
        assert_eq!(table(&maru).keys_of("AUTHOR#usr_a").await.unwrap().len(), there);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_did_not_write_it() {
    let maru = town().await;
    let path = format!("/posts/{}", id(&post_at(&maru, "usr_a", (37.5, 127.0)).await));
    expect_members_only(&maru, Method::DELETE, &path).await;
    ask(&maru, Method::DELETE, &path, "usr_b").await.expect_problem(404, "not_found");
    read(&maru, &path, "").await;
}
