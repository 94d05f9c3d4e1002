//! `GET /billing/kakaopay/approve`.

mod crashes;
mod forgeries;
mod losses;
mod refusals;
mod tabs;

use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use maru_testing::Browser;

use crate::checkouts::{
    agreed, arrives, asks, buys_and_is_told, closes, pays, put, settles_after, states, stored, text,
};
use crate::subscribers::{stands, told};
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_paid_is_pro_from_the_page_on() {
    let maru = setup().start().await;
    let back = pays(&maru, MEMBER, "good").await;
    assert_eq!(agreed(&maru).await, 0);
    let answer = Browser::new(&maru).get(back.strip_prefix(maru.stack.url()).unwrap()).await;
    assert_eq!(answer.status, 303, "{answer:#?}");
    assert_eq!(answer.headers["location"], format!("{}/plan?payment=paid", maru.stack.url()));
    assert_eq!(stands(&maru, MEMBER).await, ["PRO", "active", "2026-01-16", "2026-02-16"]);
    assert_eq!(told(&maru, MEMBER).await, ["PAYMENT_RECEIVED"]);
    assert_eq!((agreed(&maru).await, states(&maru).await), (1, vec!["paid".to_owned()]));
    // The key to charge again is nowhere in the clear.
    let keys = maru.kakaopay().keys(MEMBER).await;
    let sid = keys[0]["sid"].as_str().unwrap().to_owned();
    assert!(!format!("{:?}", stored(&maru, "").await).contains(&sid), "{sid} in the clear");
}

#[tokio::test(flavor = "multi_thread")]
async fn loaded_again_it_says_the_same_also_after_its_time() {
    let maru = setup().start().await;
    let back = pays(&maru, MEMBER, "good").await;
    for minutes in [0, 0, 14, 15, 600] {
        maru.stack.clock().advance(Duration::from_secs(60 * minutes));
        assert_eq!(arrives(&maru, &back).await, "paid", "{minutes}");
    }
    assert_eq!(agreed(&maru).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_fifteen_minutes_it_is_too_late() {
    let maru = setup().start().await;
    let back = pays(&maru, MEMBER, "good").await;
    maru.stack.clock().advance(Duration::from_secs(15 * 60));
    assert_eq!(arrives(&maru, &back).await, "expired");
    assert_eq!((agreed(&maru).await, states(&maru).await), (0, vec!["ready".to_owned()]));
    assert_eq!(buys_and_is_told(&maru, MEMBER, "good").await, "paid");
    assert_eq!(agreed(&maru).await, 1);
}

/// Somebody has changed the order behind our back, or the price has changed since it was made.
#[tokio::test(flavor = "multi_thread")]
async fn an_order_of_another_amount_is_not_approved() {
    let maru = setup().start().await;
    let back = pays(&maru, MEMBER, "good").await;
    let mut order = stored(&maru, "ORDER#").await.remove(0);
    order.insert("amount".to_owned(), AttributeValue::N("100".to_owned()));
    put(&maru, order).await;
    assert_eq!(arrives(&maru, &back).await, "failed");
    assert_eq!((agreed(&maru).await, states(&maru).await), (0, vec!["failed".to_owned()]));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_closed_the_account_before_coming_back_pays_nothing() {
    let maru = setup().start().await;
    let back = pays(&maru, MEMBER, "good").await;
    closes(&maru, MEMBER).await;
    assert_eq!(arrives(&maru, &back).await, "invalid");
    assert_eq!(agreed(&maru).await, 0);
}

/// A payment whose key cannot be sealed is one nevertheless: the member has the month that was paid.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_cannot_be_sealed_is_given_up_and_the_month_is_kept() {
    use maru_stack::faults::{Fault, FaultKind, FaultTarget};
    let maru = setup().start().await;
    let back = pays(&maru, MEMBER, "good").await;
    maru.stack.parts().faults.push(Fault::new(FaultTarget::Keys, FaultKind::Error, u32::MAX));
    assert_eq!(arrives(&maru, &back).await, "paid");
    assert_eq!(stands(&maru, MEMBER).await, ["PRO", "ending", "2026-01-16", "2026-02-16"]);
    assert_eq!(maru.kakaopay().keys(MEMBER).await[0]["status"], "INACTIVE");
    assert_eq!(agreed(&maru).await, 1);
}

/// The database does not take the payment in while the function lives: it is found again.
#[tokio::test(flavor = "multi_thread")]
async fn a_payment_that_could_not_be_booked_at_once_is_booked_later() {
    use maru_stack::faults::{Fault, FaultKind, FaultTarget};
    let maru = setup().start().await;
    let back = pays(&maru, MEMBER, "good").await;
    // The claim is the first transaction.
    let operation = "TransactWriteItems";
    maru.stack.parts().faults.push(
        Fault::new(FaultTarget::Database, FaultKind::Delay, 1)
            .of_operation(operation)
            .with_delay(Duration::from_millis(1)),
    );
    maru.stack
        .parts()
        .faults
        .push(Fault::new(FaultTarget::Database, FaultKind::Error, 1_000).of_operation(operation));
    assert_eq!(arrives(&maru, &back).await, "unknown");
    maru.stack.parts().faults.clear();
    asks(&maru, MEMBER).await.expect_problem(409, "payment_unsettled");
    let settled = settles_after(&maru, 2).await;
    assert_eq!(settled["paid"], 1, "{settled:#}");
    assert_eq!(stands(&maru, MEMBER).await[..2], ["PRO", "ending"]);
    assert_eq!(agreed(&maru).await, 1);
    let order = &stored(&maru, "ORDER#").await[0];
    assert_eq!((text(order, "state"), text(order, "duePartition")), ("paid", ""));
}
