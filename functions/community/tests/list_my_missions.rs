//! `GET /missions/mine`.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::hunters::{OTHER, OWNER, drawn, hunt, mine, photo, shown};
use crate::people::{expect_members_only, pages, read};

#[tokio::test(flavor = "multi_thread")]
async fn a_day_has_its_missions_with_where_they_stand_in_the_order_of_the_slots() {
    let maru = hunt(&[("산책", "ANY", 40), ("계단", "ANY", 20)]).await;
    let evening = drawn(&maru, OWNER, "EVENING").await;
    let morning = drawn(&maru, OWNER, "MORNING").await;
    shown(&maru, OWNER, &evening, &photo(1)).await;
    let today = mine(&maru, OWNER).await;
    let items = today["items"].as_array().unwrap();
    let stands: Vec<_> = items.iter().map(|item| json!([item["id"], item["slot"], item["status"]])).collect();
    assert_eq!(json!(stands), json!([[morning, "MORNING", "open"], [evening, "EVENING", "verified"]]));
    assert_eq!(today["nextCursor"], json!(null));
    maru.stack.clock().advance(Duration::from_secs(24 * 60 * 60));
    assert_eq!(mine(&maru, OWNER).await["items"], json!([]));
    let before = read(&maru, "/missions/mine?day=2026-01-16", OWNER).await;
    assert_eq!(
        json!([before["items"][0]["status"], before["items"][1]["status"]]),
        json!(["missed", "verified"])
    );
    assert_eq!(read(&maru, "/missions/mine?day=2026-01-16", OTHER).await["items"], json!([]));
    // A list like any other.
    assert_eq!(pages(&maru, "/missions/mine?day=2026-01-16", OWNER, 1).await, [morning, evening]);
    let cursor = &read(&maru, "/missions/mine?day=2026-01-16&limit=1", OWNER).await["nextCursor"];
    let path = format!("/missions/mine?cursor={}", cursor.as_str().unwrap());
    let other_day = maru.get(&path, &crate::people::token(&maru, OWNER)).await;
    other_day.expect_problem(400, "invalid_cursor");
    let answer = maru.get("/missions/mine?day=yesterday", &crate::people::token(&maru, OWNER)).await;
    assert_eq!(answer.status, 400);
}

#[tokio::test]
async fn refuses_whoever_has_no_account() {
    expect_members_only(&hunt(&[]).await, Method::GET, "/missions/mine").await;
}
