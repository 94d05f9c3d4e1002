//! `GET /admin/billing/ledger`.

use reqwest::Method;
use serde_json::json;

use crate::accountants::{expect_only_admins, reconciles, refund};
use crate::subscribers::buys;
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_is_no_admin() {
    let maru = setup().start().await;
    expect_only_admins(&maru, Method::GET, "/admin/billing/ledger").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_says_what_each_account_was_changed_by() {
    let maru = setup().start().await;
    let order = buys(&maru, MEMBER, "good").await;
    buys(&maru, "usr_other", "good").await;
    refund(&maru, &order, Some(9_900)).await.expect(201);
    let day = |entries, reconciled| {
        let accounts = json!({ "kakaopay": 29_900, "revenue": -39_800, "refunds": 9_900 });
        json!({ "day": "2026-01-16", "entries": entries, "reconciled": reconciled, "accounts": accounts })
    };
    assert_eq!(maru.get("/admin/billing/ledger", &maru.admin()).await.expect(200), day(3, 0));
    reconciles(&maru, "2026-01-17").await;
    assert_eq!(maru.get("/admin/billing/ledger?day=2026-01-16", &maru.admin()).await.expect(200), day(3, 3));
    let empty = maru.get("/admin/billing/ledger", &maru.admin()).await.expect(200);
    assert_eq!((&empty["entries"], &empty["accounts"]["revenue"]), (&json!(0), &json!(0)));
    maru.get("/admin/billing/ledger?day=2026-13-01", &maru.admin())
        .await
        .expect_problem(400, "invalid_query");
}
