//! `GET /admin/billing/{memberId}/payments`.

use reqwest::Method;
use serde_json::json;

use crate::accountants::{expect_only_admins, listed, refund};
use crate::subscribers::buys;
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_is_no_admin() {
    let maru = setup().start().await;
    expect_only_admins(&maru, Method::GET, "/admin/billing/usr_member/payments").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_sees_who_gave_what_back_and_why() {
    let maru = setup().start().await;
    let order = buys(&maru, MEMBER, "good").await;
    let refunded = refund(&maru, &order, Some(900)).await.expect(201);
    let payment = listed(&maru, MEMBER).await.remove(0);
    let movements = maru.kakaopay().movements().await;
    assert_eq!((&payment["orderId"], &payment["tid"]), (&json!(order), &movements[0]["tid"]));
    let expected = json!({
        "id": refunded["id"], "amount": 900, "state": "done", "reason": "장애 보상", "askedBy": "usr_admin",
        "askedAt": "2026-01-15T15:10:00Z", "refundedAt": "2026-01-15T15:10:00Z", "refusedBecause": null,
    });
    assert_eq!(payment["refunds"], json!([expected]));
    assert_eq!(refunded, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_never_paid_has_an_empty_list() {
    let maru = setup().start().await;
    assert!(listed(&maru, "usr_nobody").await.is_empty());
}
