//! `GET /billing/payments`.

use serde_json::{Value, json};

use crate::accountants::refund;
use crate::subscribers::{buys, night, token};
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_is_not_a_member() {
    let maru = setup().start().await;
    maru.get("/billing/payments", "").await.expect_problem(401, "unauthenticated");
    maru.get("/billing/payments?limit=101", &token(&maru, MEMBER)).await.expect_problem(400, "invalid_query");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_sees_their_own_the_newest_first_and_what_came_back() {
    let maru = setup().start().await;
    let first = buys(&maru, MEMBER, "good").await;
    buys(&maru, "usr_other", "good").await;
    night(&maru, "2026-02-16").await;
    refund(&maru, &first, Some(4_900)).await.expect(201);
    let page = maru.get("/billing/payments", &token(&maru, MEMBER)).await.expect(200);
    let expected = |order: &Value, start: &str, end: &str, refunded: i64, state: &str, paid_at: &str| {
        json!({
            "orderId": order, "amount": 19_900, "refunded": refunded, "state": state,
            "periodStart": start, "periodEnd": end, "paidAt": paid_at,
        })
    };
    let newest = &page["items"][0]["orderId"];
    let items = json!([
        expected(newest, "2026-02-16", "2026-03-16", 0, "paid", "2026-02-15T15:00:00Z"),
        expected(&json!(first), "2026-01-16", "2026-02-16", 4_900, "partly_refunded", "2026-01-15T15:10:00Z"),
    ]);
    assert_eq!(page, json!({ "items": items, "nextCursor": null }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_leads_to_the_next_page_and_is_of_no_use_to_others() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    night(&maru, "2026-02-16").await;
    let token = token(&maru, MEMBER);
    let page = maru.get("/billing/payments?limit=1", &token).await.expect(200);
    let next = format!("/billing/payments?limit=1&cursor={}", page["nextCursor"].as_str().unwrap());
    let rest = maru.get(&next, &token).await.expect(200);
    assert_eq!((&rest["items"][0]["periodStart"], &rest["nextCursor"]), (&json!("2026-01-16"), &json!(null)));
    let other = crate::subscribers::token(&maru, "usr_other");
    maru.get(&next, &other).await.expect_problem(400, "invalid_cursor");
}
