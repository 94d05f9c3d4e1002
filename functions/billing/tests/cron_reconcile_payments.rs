//! `cron_reconcile_payments`.

use maru_stack::faults::FaultKind;
use maru_testing::Maru;
use serde_json::json;

use crate::accountants::{found, goes_wrong, reconciles, refund};
use crate::checkouts::{asks, put, stored, text};
use crate::subscribers::{buys, later, night, suffers};
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn everything_of_the_day_before_is_asked_for_once() {
    let maru = setup().start().await;
    let order = buys(&maru, MEMBER, "good").await;
    buys(&maru, "usr_other", "good").await;
    asks(&maru, "usr_undecided").await.expect(201);
    refund(&maru, &order, Some(900)).await.expect(201);
    let asked = json!({ "day": "2026-01-16", "booked": 2, "unpaid": 1, "unknown": 0 });
    assert_eq!(reconciles(&maru, "2026-01-17").await, asked);
    let nothing = json!({ "day": "2026-01-16", "booked": 0, "unpaid": 0, "unknown": 0 });
    assert_eq!(reconciles(&maru, "2026-01-17").await, nothing);
    assert!(found(&maru, "2026-01-17").await.is_empty());
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_entered_late_is_found_by_the_next_night() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    assert_eq!(reconciles(&maru, "2026-01-17").await["booked"], 1);
    // Another entry of the day before comes in; as if the money's way had been found out only now.
    let mut entry = stored(&maru, "LEDGER#").await.remove(0);
    let late = aws_sdk_dynamodb::types::AttributeValue::S(format!("{}#ref_late", text(&entry, "sk")));
    entry.insert("sk".to_owned(), late);
    put(&maru, entry).await;
    assert_eq!(reconciles(&maru, "2026-01-18").await["booked"], 1);
    assert_eq!(reconciles(&maru, "2026-01-19").await["booked"], 0);
    // Two payments of one order: that is not what KakaoPay has.
    assert_eq!(found(&maru, "2026-01-18").await, [("amount".to_owned(), 39_800, Some(19_900))]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_kakaopay_did_not_answer_for_is_asked_for_until_it_does() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    goes_wrong(&maru, "order", FaultKind::Error, 1_000);
    assert_eq!(reconciles(&maru, "2026-01-17").await["booked"], 1);
    assert_eq!(reconciles(&maru, "2026-01-18").await["booked"], 1);
    assert_eq!(reconciled(&maru).await, 0);
    maru.stack.parts().faults.clear();
    reconciles(&maru, "2026-01-19").await;
    assert_eq!(reconciled(&maru).await, 1);
    assert_eq!(reconciles(&maru, "2026-01-20").await["booked"], 0);
}

/// How many entries of 16 January were looked at.
async fn reconciled(maru: &Maru) -> i64 {
    let day = maru.get("/admin/billing/ledger?day=2026-01-16", &maru.admin()).await.expect(200);
    day["reconciled"].as_i64().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_that_nobody_knows_is_asked_for() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    suffers(&maru, FaultKind::LostAnswer);
    night(&maru, "2026-02-16").await;
    assert_eq!(reconciles(&maru, "2026-02-16").await["unknown"], 1);
    later(&maru, 1).await;
    assert_eq!(reconciles(&maru, "2026-02-17").await["unknown"], 0);
}
