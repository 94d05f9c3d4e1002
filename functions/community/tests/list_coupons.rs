//! `GET /coupons`.

use reqwest::Method;
use serde_json::{Value, json};

use crate::people::{ask, claim, coupon, expect_no_bad_token, ids, issue, pages, read, town};

fn lasting(opens: &str, closes: &str) -> Value {
    let mut body = coupon(2);
    (body["opensAt"], body["closesAt"]) = (json!(opens), json!(closes));
    body
}

#[tokio::test(flavor = "multi_thread")]
async fn open_and_coming_ones_are_listed_and_the_next_to_end_comes_first() {
    let maru = town().await;
    let last = issue(&maru, &lasting("2026-01-15T15:00:00Z", "2026-01-20T00:00:00Z")).await;
    let coming = issue(&maru, &lasting("2026-01-16T00:00:00Z", "2026-01-17T00:00:00Z")).await;
    let first = issue(&maru, &lasting("2026-01-15T15:00:00Z", "2026-01-15T15:30:00Z")).await;
    assert_eq!(pages(&maru, "/coupons", "", 1).await, [&*first, &*coming, &*last]);
    let states = read(&maru, "/coupons", "").await;
    let states: Vec<&Value> = states["items"].as_array().unwrap().iter().map(|item| &item["state"]).collect();
    assert_eq!(states, ["open", "coming", "open"]);
    maru.stack.clock().set("2026-01-15T15:29:59.999Z".parse().unwrap());
    assert_eq!(ids(&read(&maru, "/coupons", "").await).len(), 3);
    maru.stack.clock().set("2026-01-15T15:30:00Z".parse().unwrap());
    assert_eq!(ids(&read(&maru, "/coupons", "").await), [&*coming, &*last]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whether_any_are_left_is_known_with_the_last_claim() {
    let maru = town().await;
    let id = issue(&maru, &coupon(2)).await;
    let seen = async |member: &str| {
        let item = read(&maru, "/coupons", member).await["items"][0].clone();
        (item["left"].clone(), item["claimed"].clone())
    };
    claim(&maru, "usr_a", &id).await.expect(201);
    assert_eq!(seen("usr_a").await, (json!("some"), json!(true)));
    assert_eq!(seen("usr_b").await, (json!("some"), json!(false)));
    claim(&maru, "usr_b", &id).await.expect(201);
    assert_eq!(seen("usr_b").await, (json!("none"), json!(true)));
    assert_eq!(seen("").await, (json!("none"), json!(false)));
}

/// A query cannot begin outside of what it asks for.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_goes_on_after_a_coupon_that_has_ended_since() {
    let maru = town().await;
    issue(&maru, &lasting("2026-01-15T15:00:00Z", "2026-01-15T15:30:00Z")).await;
    let second = issue(&maru, &lasting("2026-01-15T15:00:00Z", "2026-01-16T00:00:00Z")).await;
    let third = issue(&maru, &lasting("2026-01-15T15:00:00Z", "2026-01-17T00:00:00Z")).await;
    let page = read(&maru, "/coupons?limit=1", "").await;
    maru.stack.clock().set("2026-01-15T15:30:00Z".parse().unwrap());
    let path = format!("/coupons?limit=1&cursor={}", page["nextCursor"].as_str().unwrap());
    let page = read(&maru, &path, "").await;
    assert_eq!(ids(&page), [&*second]);
    // One that stands within what is asked for is gone on from.
    let path = format!("/coupons?limit=1&cursor={}", page["nextCursor"].as_str().unwrap());
    assert_eq!(ids(&read(&maru, &path, "").await), [&*third]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_of_another_caller_is_refused() {
    let maru = town().await;
    for _ in 0..2 {
        issue(&maru, &coupon(2)).await;
    }
    let page = read(&maru, "/coupons?limit=1", "usr_a").await;
    let path = format!("/coupons?cursor={}", page["nextCursor"].as_str().unwrap());
    read(&maru, &path, "usr_a").await;
    ask(&maru, Method::GET, &path, "usr_b").await.expect_problem(400, "invalid_cursor");
    ask(&maru, Method::GET, "/coupons?limit=0", "").await.expect_problem(400, "invalid_query");
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_has_a_bad_token() {
    expect_no_bad_token(&town().await, "/coupons").await;
}
