//! KakaoPay's answer is lost: the order is looked up.

use maru_stack::faults::FaultKind;
use serde_json::json;

use crate::checkouts::{
    agreed, approvals_suffer, arrives, asks, buys_and_is_told, openings, pays, settles_after, states, suffer,
};
use crate::subscribers::{billing, night, stands, told};
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_looked_up_and_the_month_that_was_paid_ends_by_itself() {
    let maru = setup().start().await;
    approvals_suffer(&maru, FaultKind::LostAnswer);
    assert_eq!(buys_and_is_told(&maru, MEMBER, "good").await, "paid");
    assert_eq!(stands(&maru, MEMBER).await, ["PRO", "ending", "2026-01-16", "2026-02-16"]);
    let subscription = billing(&maru, MEMBER).await["subscription"].clone();
    assert_eq!(
        (&subscription["nextChargeOn"], &subscription["endsOn"]),
        (&json!(null), &json!("2026-02-16"))
    );
    assert_eq!(told(&maru, MEMBER).await, ["PAYMENT_RECEIVED"]);
    assert_eq!((agreed(&maru).await, states(&maru).await), (1, vec!["paid".to_owned()]));
    // Nobody has the key to charge again, so nobody does.
    night(&maru, "2026-02-16").await;
    assert_eq!((agreed(&maru).await, stands(&maru, MEMBER).await[0].as_str()), (1, "FREE"));
}

/// "Approved before", "duplicate": what speaks of a payment that was made is looked up, not believed.
#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_after_the_money_moved_is_looked_up() {
    for code in [-702, -785, -784, -9999] {
        let maru = setup().start().await;
        approvals_suffer(&maru, FaultKind::FalseRefusal(code));
        assert_eq!(buys_and_is_told(&maru, MEMBER, "good").await, "paid", "{code}");
        assert_eq!(agreed(&maru).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_that_cannot_be_looked_up_at_once_is_settled_later() {
    let maru = setup().start().await;
    let back = pays(&maru, MEMBER, "good").await;
    approvals_suffer(&maru, FaultKind::LostAnswer);
    suffer(&maru, "kakaopay/order", FaultKind::Error, 4);
    for _ in 0..2 {
        assert_eq!(arrives(&maru, &back).await, "unknown");
    }
    assert_eq!(stands(&maru, MEMBER).await[0], "FREE");
    asks(&maru, MEMBER).await.expect_problem(409, "payment_unsettled");
    // KakaoPay does not answer the first time.
    assert_eq!(settles_after(&maru, 1).await, json!({ "paid": 0, "failed": 0, "unknown": 1 }));
    assert_eq!(settles_after(&maru, 1).await, json!({ "paid": 1, "failed": 0, "unknown": 0 }));
    assert_eq!(arrives(&maru, &back).await, "paid");
    assert_eq!(stands(&maru, MEMBER).await[..2], ["PRO", "ending"]);
    assert_eq!(agreed(&maru).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_that_never_happened_is_given_up_when_it_cannot_happen_any_more() {
    let maru = setup().start().await;
    let back = pays(&maru, MEMBER, "good").await;
    approvals_suffer(&maru, FaultKind::Error);
    assert_eq!(arrives(&maru, &back).await, "unknown");
    for minute in 1..15 {
        let settled = settles_after(&maru, 1).await;
        assert_eq!(settled, json!({ "paid": 0, "failed": 0, "unknown": 1 }), "minute {minute}");
        asks(&maru, MEMBER).await.expect_problem(409, "payment_unsettled");
    }
    assert_eq!(openings(&maru).await.len(), 1);
    assert_eq!(settles_after(&maru, 1).await, json!({ "paid": 0, "failed": 1, "unknown": 0 }));
    assert_eq!((agreed(&maru).await, states(&maru).await), (0, vec!["failed".to_owned()]));
    assert_eq!(arrives(&maru, &back).await, "failed");
    assert_eq!(buys_and_is_told(&maru, MEMBER, "good").await, "paid");
    assert_eq!(agreed(&maru).await, 1);
}

/// The client gives up after 15 seconds of real time; KakaoPay moves the money five minutes later.
#[tokio::test(flavor = "multi_thread")]
async fn money_that_moves_long_after_the_answer_was_given_up_is_found() {
    use maru_stack::faults::{Fault, FaultTarget};
    let maru = setup().start().await;
    let back = pays(&maru, MEMBER, "good").await;
    let late = Fault::new(FaultTarget::Partner, FaultKind::Late, 1).of_operation("kakaopay/approve");
    maru.stack.parts().faults.push(late.with_delay(std::time::Duration::from_mins(5)));
    assert_eq!(arrives(&maru, &back).await, "unknown");
    for _ in 0..4 {
        assert_eq!(settles_after(&maru, 1).await["unknown"], 1);
    }
    // The sandbox wakes up with the clock.
    let mut paid = settles_after(&maru, 1).await["paid"] == 1;
    for _ in 0..10 {
        if !paid {
            paid = settles_after(&maru, 1).await["paid"] == 1;
        }
    }
    assert!(paid);
    assert_eq!(stands(&maru, MEMBER).await[..2], ["PRO", "ending"]);
    assert_eq!((agreed(&maru).await, states(&maru).await), (1, vec!["paid".to_owned()]));
}
