//! KakaoPay's answer is lost.

use maru_stack::faults::FaultKind;

use crate::accountants::{
    behind_our_back, comes_after, found, given_back, goes_wrong, money_agrees, refund, refund_states,
    refund_under,
};
use crate::subscribers::{buys, later, told};
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn if_the_money_went_back_it_is_seen_at_once() {
    for kind in
        [FaultKind::LostAnswer, FaultKind::Half, FaultKind::FalseRefusal(-722), FaultKind::FalseRefusal(-785)]
    {
        let maru = setup().start().await;
        let order = buys(&maru, MEMBER, "good").await;
        later(&maru, 1).await;
        goes_wrong(&maru, "cancel", kind, 1);
        refund(&maru, &order, Some(5_000)).await.expect(201);
        assert_eq!(
            (refund_states(&maru, MEMBER).await, given_back(&maru, MEMBER).await),
            (vec!["done".into()], 5_000)
        );
        money_agrees(&maru).await;
        assert_eq!(told(&maru, MEMBER).await, ["PAYMENT_REFUNDED", "PAYMENT_RECEIVED"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn if_it_did_not_nobody_knows_until_it_cannot_come_any_more() {
    let maru = setup().start().await;
    let order = buys(&maru, MEMBER, "good").await;
    goes_wrong(&maru, "cancel", FaultKind::Error, 1);
    let unknown = refund_under(&maru, &order, Some(5_000), "k").await.expect(202);
    assert_eq!(unknown["state"], "unknown");
    assert_eq!(refund_under(&maru, &order, Some(5_000), "k").await.expect(202), unknown);
    // Nothing else is sent meanwhile.
    refund(&maru, &order, Some(1)).await.expect_problem(409, "refund_unsettled");
    assert_eq!(comes_after(&maru, "cron_settle_refunds", 10).await["looked_up"], 0);
    assert_eq!(refund_states(&maru, MEMBER).await, ["unknown"]);
    assert_eq!(comes_after(&maru, "cron_settle_refunds", 6).await["looked_up"], 1);
    assert_eq!(refund_states(&maru, MEMBER).await, ["refused"]);
    refund(&maru, &order, None).await.expect(201);
    assert_eq!(given_back(&maru, MEMBER).await, 19_900);
    money_agrees(&maru).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn if_somebody_else_gave_it_back_nobody_takes_that_for_this_refund() {
    let maru = setup().start().await;
    let order = buys(&maru, MEMBER, "good").await;
    let tid = maru.kakaopay().movements().await[0]["tid"].clone();
    let cancel = serde_json::json!({ "tid": tid, "cancel_amount": 7_000, "cancel_tax_free_amount": 0 });
    behind_our_back(&maru, "cancel", &cancel).await;
    refund(&maru, &order, Some(5_000)).await.expect_problem(409, "refund_not_made");
    assert_eq!(
        (refund_states(&maru, MEMBER).await, given_back(&maru, MEMBER).await),
        (vec!["refused".into()], 7_000)
    );
    assert_eq!(found(&maru, "2026-01-16").await, [("amount".to_owned(), 19_900, Some(12_900))]);
}
