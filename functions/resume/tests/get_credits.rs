use reqwest::Method;
use serde_json::json;

use crate::{OWNER, expect_only_members, setup, table, token};

#[tokio::test]
async fn a_member_has_three_uses_a_day_and_with_pro_no_limit() {
    // 2026-01-16 at 00:10 in Seoul.
    let maru = setup().start().await;
    let credits = maru.get("/credits", &token(&maru, OWNER)).await.expect(200);
    assert_eq!(credits, json!({ "limit": 3, "used": 0, "resetsAt": "2026-01-16T15:00:00Z" }));
    table::put_pro(&maru, OWNER).await;
    let credits = maru.get("/credits", &token(&maru, OWNER)).await.expect(200);
    assert_eq!(credits["limit"], json!(null));
}

#[tokio::test]
async fn refuses_whoever_is_not_signed_in() {
    expect_only_members(&setup().start().await, Method::GET, "/credits").await;
}
