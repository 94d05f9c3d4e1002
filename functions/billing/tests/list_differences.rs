//! `GET /admin/billing/differences`.

use reqwest::Method;
use serde_json::json;

use crate::accountants::{behind_our_back, expect_only_admins, found, reconciles};
use crate::subscribers::buys;
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_is_no_admin() {
    let maru = setup().start().await;
    expect_only_admins(&maru, Method::GET, "/admin/billing/differences").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn those_of_a_day_are_listed_page_by_page() {
    let maru = setup().start().await;
    for member in [MEMBER, "usr_2", "usr_3"] {
        buys(&maru, member, "good").await;
    }
    for movement in maru.kakaopay().movements().await {
        let cancel = json!({ "tid": movement["tid"], "cancel_amount": 900, "cancel_tax_free_amount": 0 });
        behind_our_back(&maru, "cancel", &cancel).await;
    }
    reconciles(&maru, "2026-01-17").await;
    let admin = maru.admin();
    // Today's without a day.
    let page = maru.get("/admin/billing/differences?limit=2", &admin).await.expect(200);
    let cursor = page["nextCursor"].as_str().unwrap();
    let rest = format!("/admin/billing/differences?limit=2&cursor={cursor}");
    assert_eq!(maru.get(&rest, &admin).await.expect(200)["items"].as_array().unwrap().len(), 1);
    let other = format!("/admin/billing/differences?day=2026-01-16&cursor={cursor}");
    maru.get(&other, &admin).await.expect_problem(400, "invalid_cursor");
    assert_eq!((found(&maru, "2026-01-17").await.len(), found(&maru, "2026-01-16").await.len()), (3, 0));
    let difference = &page["items"][0];
    let expected = json!({
        "orderId": difference["orderId"], "memberId": difference["memberId"], "tid": difference["tid"],
        "kind": "amount", "ours": 19_900, "theirs": 19_000, "foundAt": "2026-01-16T16:30:00Z",
    });
    assert_eq!(difference, &expected);
    maru.get("/admin/billing/differences?day=today", &admin).await.expect_problem(400, "invalid_query");
}
