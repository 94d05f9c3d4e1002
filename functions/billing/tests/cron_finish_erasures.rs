//! `cron_finish_erasures`: what an erasure waits for.

use maru_stack::faults::FaultKind;
use serde_json::json;

use crate::accountants::{comes_after, given_back, goes_wrong, refund};
use crate::checkouts::{approvals_suffer, arrives, pays, settles_after};
use crate::members_who_leave::{expect_erased, leaves, record};
use crate::subscribers::{buys, times_charged};
use crate::{MEMBER, setup};

const FUNCTION: &str = "cron_finish_erasures";

#[tokio::test(flavor = "multi_thread")]
async fn kakaopay_is_waited_for_until_it_takes_the_key_back() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    goes_wrong(&maru, "inactive", FaultKind::Error, 4);
    leaves(&maru, MEMBER).await;
    assert_eq!(record(&maru, MEMBER).await, None);
    assert_eq!(comes_after(&maru, FUNCTION, 1).await, json!({ "erased": 0, "waiting": 0 }));
    assert_eq!(comes_after(&maru, FUNCTION, 5).await, json!({ "erased": 0, "waiting": 1 }));
    assert_eq!(comes_after(&maru, FUNCTION, 6).await, json!({ "erased": 1, "waiting": 0 }));
    expect_erased(&maru, "without KakaoPay").await;
    assert_eq!(comes_after(&maru, FUNCTION, 60).await, json!({ "erased": 0, "waiting": 0 }));
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_nobody_knows_is_waited_for() {
    for (kind, moved) in [(FaultKind::LostAnswer, 5_000), (FaultKind::Error, 0)] {
        let maru = setup().start().await;
        let order = buys(&maru, MEMBER, "good").await;
        goes_wrong(&maru, "cancel", kind, 1);
        goes_wrong(&maru, "order", FaultKind::Error, 2);
        refund(&maru, &order, Some(5_000)).await.expect(202);
        leaves(&maru, MEMBER).await;
        assert_eq!(comes_after(&maru, FUNCTION, 6).await, json!({ "erased": 0, "waiting": 1 }));
        refund(&maru, &order, None).await.expect_problem(409, "refund_unsettled");
        comes_after(&maru, "cron_settle_refunds", 12).await;
        refund(&maru, &order, None).await.expect_problem(404, "not_found");
        assert_eq!(comes_after(&maru, FUNCTION, 6).await, json!({ "erased": 1, "waiting": 0 }));
        expect_erased(&maru, "refund").await;
        let day = maru.get("/admin/billing/ledger?day=2026-01-16", &maru.admin()).await.expect(200);
        assert_eq!((given_back(&maru, MEMBER).await, &day["accounts"]["refunds"]), (moved, &json!(moved)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_that_nobody_knows_is_waited_for_and_its_subscription_ends() {
    let maru = setup().start().await;
    let back = pays(&maru, MEMBER, "good").await;
    approvals_suffer(&maru, FaultKind::LostAnswer);
    goes_wrong(&maru, "order", FaultKind::Error, 2);
    assert_eq!(arrives(&maru, &back).await, "unknown");
    leaves(&maru, MEMBER).await;
    assert_eq!(record(&maru, MEMBER).await, None);
    assert_eq!(settles_after(&maru, 20).await["paid"], 1);
    assert_eq!(comes_after(&maru, FUNCTION, 1).await, json!({ "erased": 1, "waiting": 0 }));
    assert_eq!(record(&maru, MEMBER).await, Some(json!([1, 1, 1, 0])));
    let day = maru.get("/admin/billing/ledger?day=2026-01-16", &maru.admin()).await.expect(200);
    assert_eq!((times_charged(&maru, MEMBER).await, &day["entries"]), (1, &json!(1)));
}
