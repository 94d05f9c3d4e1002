//! `on_reconciliation_due`: a difference of each kind made on purpose, and books that agree whatever happened.

use aws_sdk_dynamodb::types::AttributeValue;
use maru_stack::faults::FaultKind;
use maru_testing::Maru;
use maru_testing::browser::parameter;
use serde_json::{Value, json};

use crate::accountants::{behind_our_back, change, found, goes_wrong, money_agrees, reconciles, refund};
use crate::checkouts::{Item, asks, stored, text};
use crate::subscribers::{buys, later, night, suffers};
use crate::{MEMBER, setup};

/// The differences found in the night to 17 January.
async fn differences(maru: &Maru) -> Vec<(String, i64, Option<i64>)> {
    reconciles(maru, "2026-01-17").await;
    found(maru, "2026-01-17").await
}

fn difference(kind: &str, ours: i64, theirs: impl Into<Option<i64>>) -> Vec<(String, i64, Option<i64>)> {
    vec![(kind.to_owned(), ours, theirs.into())]
}

fn set(item: &mut Item, field: &str, value: &str) {
    item.insert(field.to_owned(), AttributeValue::S(value.to_owned()));
}

async fn tid(maru: &Maru) -> Value {
    maru.kakaopay().movements().await[0]["tid"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn books_that_agree_are_left_alone_whatever_happened() {
    let maru = setup().start().await;
    let order = buys(&maru, MEMBER, "good").await;
    refund(&maru, &order, Some(900)).await.expect(201);
    goes_wrong(&maru, "cancel", FaultKind::LostAnswer, 1);
    goes_wrong(&maru, "order", FaultKind::Error, 2);
    refund(&maru, &order, Some(1_000)).await.expect(202);
    asks(&maru, "usr_undecided").await.expect(201);
    // The second refund is made at KakaoPay, and nobody here knows yet.
    assert_eq!(differences(&maru).await, []);
    suffers(&maru, FaultKind::LostAnswer);
    night(&maru, "2026-02-16").await;
    later(&maru, 20).await;
    assert_eq!(reconciles(&maru, "2026-02-17").await["booked"], 1);
    assert_eq!(found(&maru, "2026-02-17").await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_somebody_made_at_kakaopay_is_a_difference() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    let cancel = json!({ "tid": tid(&maru).await, "cancel_amount": 4_900, "cancel_tax_free_amount": 0 });
    behind_our_back(&maru, "cancel", &cancel).await;
    assert_eq!(differences(&maru).await, difference("amount", 19_900, 15_000));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_only_we_have_is_a_difference() {
    let maru = setup().start().await;
    let order = buys(&maru, MEMBER, "good").await;
    refund(&maru, &order, Some(900)).await.expect(201);
    change(&maru, "PAYMENTS#", |payment| {
        payment.insert("refunded".to_owned(), AttributeValue::N("1900".to_owned()));
    })
    .await;
    assert_eq!(differences(&maru).await, difference("amount", 18_000, 19_000));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_that_kakaopay_does_not_know_is_a_difference() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    change(&maru, "LEDGER#", |entry| set(entry, "tid", "T00000000000000000xx")).await;
    assert_eq!(differences(&maru).await, difference("not_paid", 19_900, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_that_is_somebody_elses_is_a_difference() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    let of_member = text(&stored(&maru, "LEDGER#").await[0], "tid").to_owned();
    buys(&maru, "usr_other", "good").await;
    change(&maru, "LEDGER#", |entry| set(entry, "tid", &of_member)).await;
    assert_eq!(differences(&maru).await, difference("stranger", 19_900, 19_900));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_is_paid_at_kakaopay_and_not_here_is_a_difference() {
    let maru = setup().start().await;
    let checkout = asks(&maru, MEMBER).await.expect(201);
    let back = maru.kakaopay().pay(checkout["redirectUrl"].as_str().unwrap(), "good").await;
    let order = stored(&maru, "ORDER#").await.remove(0);
    let approve = json!({
        "tid": text(&order, "tid"), "partner_order_id": checkout["orderId"], "partner_user_id": MEMBER,
        "pg_token": parameter(&back, "pg_token").unwrap(),
    });
    behind_our_back(&maru, "approve", &approve).await;
    assert_eq!(differences(&maru).await, difference("not_booked", 0, 19_900));
    let page = maru.get("/admin/billing/differences?day=2026-01-17", &maru.admin()).await.expect(200);
    assert_eq!(page["items"][0]["orderId"], checkout["orderId"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_without_a_tid_that_is_later_than_all_that_kakaopay_approved_is_a_difference() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    suffers(&maru, FaultKind::LostAnswer);
    night(&maru, "2026-02-16").await;
    later(&maru, 20).await;
    change(&maru, "PAYMENTS#", |payment| {
        if !payment.contains_key("tid") {
            set(payment, "paidAt", "2026-02-16T03:00:00Z");
        }
    })
    .await;
    reconciles(&maru, "2026-02-17").await;
    assert_eq!(found(&maru, "2026-02-17").await, difference("not_paid", 19_900, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_that_moved_money_and_that_nobody_enters_is_a_difference_after_an_hour() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    suffers(&maru, FaultKind::LostAnswer);
    night(&maru, "2026-02-16").await;
    // An hour and a half in which nobody settles anything.
    assert_eq!(reconciles(&maru, "2026-02-16").await["unknown"], 1);
    assert_eq!(found(&maru, "2026-02-16").await, difference("not_booked", 0, None));
    later(&maru, 1).await;
    money_agrees(&maru).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_order_without_an_answer_does_not_hide_the_others() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    buys(&maru, "usr_other", "good").await;
    change(&maru, "LEDGER#", |entry| {
        if text(entry, "memberId") == "usr_other" {
            set(entry, "tid", "T00000000000000000xx");
        }
    })
    .await;
    goes_wrong(&maru, &format!("order:{MEMBER}"), FaultKind::Error, 100);
    assert_eq!(differences(&maru).await, difference("not_paid", 19_900, 0));
    let day = maru.get("/admin/billing/ledger?day=2026-01-16", &maru.admin()).await.expect(200);
    assert_eq!((&day["entries"], &day["reconciled"]), (&json!(2), &json!(1)));
    // Its message comes again, and once KakaoPay answers that is looked at, too.
    maru.stack.parts().faults.clear();
    maru.stack.clock().advance(std::time::Duration::from_secs(1_200));
    maru.settle().await;
    let day = maru.get("/admin/billing/ledger?day=2026-01-16", &maru.admin()).await.expect(200);
    assert_eq!(day["reconciled"], 2);
    assert_eq!(found(&maru, "2026-01-17").await.len(), 1);
}
