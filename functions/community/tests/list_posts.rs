//! `GET /posts`.

mod cost;
mod cursors;
mod everywhere;

use serde_json::json;

use crate::people::{ask, expect_no_bad_token, id, ids, is_called, leaves, pages, post_at, read, town, vote};
use reqwest::Method;

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_come_first_and_every_page_but_the_last_is_full() {
    let maru = town().await;
    let mut written = Vec::new();
    for _ in 0..40 {
        written.push(id(&post_at(&maru, "usr_a", (37.5, 127.0)).await));
        maru.stack.clock().advance(std::time::Duration::from_millis(1));
    }
    written.reverse();
    for limit in [7, 20, 40, 100] {
        assert_eq!(pages(&maru, "/posts?lat=37.5&lon=127", "usr_b", limit).await, written);
    }
    assert_eq!(ids(&read(&maru, "/posts?lat=37.5&lon=127", "").await).len(), 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_carries_its_votes_the_own_one_and_what_its_author_is_called() {
    let maru = town().await;
    let post = id(&post_at(&maru, "usr_a", (37.5, 127.0)).await);
    is_called(&maru, "usr_a", 1, "한결").await;
    for (member, choice) in [("usr_b", "up"), ("usr_c", "up"), ("usr_d", "down")] {
        vote(&maru, member, &post, choice).await.expect(200);
    }
    is_called(&maru, "usr_a", 2, "새결").await;
    for (reader, own) in [("usr_d", "down"), ("usr_b", "up"), ("usr_a", "none"), ("", "none")] {
        let item = read(&maru, "/posts?lat=37.5&lon=127", reader).await["items"][0].clone();
        assert_eq!((&item["up"], &item["down"], &item["vote"]), (&json!(2), &json!(1), &json!(own)));
        assert_eq!((&item["author"]["nickname"], &item["mine"]), (&json!("새결"), &json!(reader == "usr_a")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_circle_is_refused() {
    let maru = town().await;
    for query in [
        "",
        "lat=37.5",
        "lat=x&lon=127",
        "lat=NaN&lon=127",
        "lat=inf&lon=127",
        "lat=90.1&lon=127",
        "lat=37.5&lon=-180.1",
        "lat=37.5&lon=NaN",
        "lat=37.5&lon=127&radius=5000.1",
        "lat=37.5&lon=127&radius=-1",
        "lat=37.5&lon=127&radius=NaN",
        "lat=37.5&lon=127&limit=0",
        "lat=37.5&lon=127&limit=101",
        "lat=37.5&lon=127&place=x",
    ] {
        ask(&maru, Method::GET, &format!("/posts?{query}"), "").await.expect_problem(400, "invalid_query");
    }
    let wrong = ask(&maru, Method::GET, "/posts?lat=91&lon=0", "").await.json;
    assert_eq!(wrong["errors"][0]["pointer"], "/lat");
}

#[tokio::test(flavor = "multi_thread")]
async fn posts_of_members_who_left_are_gone() {
    let maru = town().await;
    post_at(&maru, "usr_a", (37.5, 127.0)).await;
    let other = id(&post_at(&maru, "usr_b", (37.5, 127.0)).await);
    leaves(&maru, "usr_a").await;
    leaves(&maru, "usr_a").await;
    assert_eq!(pages(&maru, "/posts?lat=37.5&lon=127", "", 10).await, [other]);
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_has_a_bad_token() {
    expect_no_bad_token(&town().await, "/posts?lat=37.5&lon=127").await;
}
