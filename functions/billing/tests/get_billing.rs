//! `GET /billing`.

use serde_json::{Value, json};

use crate::subscribers::{billing, buys, is_pro_elsewhere, night, token};
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_is_not_a_member() {
    let maru = setup().start().await;
    maru.get("/billing", "").await.expect_problem(401, "unauthenticated");
    maru.get("/billing", "not.a.token").await.expect_problem(401, "unauthenticated");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_never_bought_has_three_uses_a_day() {
    let maru = setup().start().await;
    let shown = billing(&maru, MEMBER).await;
    assert_eq!(
        shown,
        json!({
            "plan": "FREE",
            "credits": { "limit": 3, "used": 0, "resetsAt": "2026-01-16T15:00:00Z" },
            "subscription": null,
        })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_buys_is_pro_at_once_here_and_where_the_plan_is_asked_for() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    let shown = billing(&maru, MEMBER).await;
    assert_eq!((&shown["plan"], &shown["credits"]["limit"]), (&json!("PRO"), &Value::Null));
    assert_eq!(
        shown["subscription"],
        json!({
            "status": "active", "price": 19900, "periodStart": "2026-01-16", "periodEnd": "2026-02-16",
            "nextChargeOn": "2026-02-16", "endsOn": null,
        })
    );
    assert!(is_pro_elsewhere(&maru, MEMBER).await);
    assert_eq!(billing(&maru, "usr_other").await["plan"], "FREE");
}

/// Nothing has to be reset, so nothing can fail to.
#[tokio::test(flavor = "multi_thread")]
async fn three_nights_without_billing_leave_everybody_what_they_have() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    maru.midnight_of("2026-02-19");
    let free = maru.get("/credits", &token(&maru, "usr_free")).await.expect(200);
    assert_eq!((&free["limit"], &free["used"]), (&json!(3), &json!(0)));
    assert_eq!(billing(&maru, "usr_free").await["credits"]["limit"], 3);
    assert_eq!(billing(&maru, MEMBER).await["plan"], "PRO");
    // The first night after it charges once, for the period from the day on which it was due.
    night(&maru, "2026-02-20").await;
    let subscription = billing(&maru, MEMBER).await["subscription"].clone();
    assert_eq!(
        (&subscription["periodStart"], &subscription["periodEnd"]),
        (&json!("2026-02-16"), &json!("2026-03-16"))
    );
    assert_eq!(crate::subscribers::times_charged(&maru, MEMBER).await, 2);
}
