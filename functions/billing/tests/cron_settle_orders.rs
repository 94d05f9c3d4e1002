//! `cron_settle_orders`. What it makes of each kind of loss is tested with the page that loses it
//! (`complete_kakaopay_approve`).

use aws_sdk_dynamodb::types::AttributeValue;
use futures::future::join_all;
use maru_stack::faults::FaultKind;
use serde_json::json;

use crate::checkouts::{
    agreed, approvals_suffer, arrives, openings, pays, put, settles_after, states, stored, suffer, text,
};
use crate::subscribers::{buys, payments, times_charged};
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn without_anything_to_settle_it_asks_nobody() {
    let maru = setup().start().await;
    pays(&maru, MEMBER, "good").await;
    assert_eq!(settles_after(&maru, 60).await, json!({ "paid": 0, "failed": 0, "unknown": 0 }));
    assert_eq!(states(&maru).await, ["ready"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_kakaopay_does_not_say_an_order_stays_unknown_however_long() {
    let maru = setup().start().await;
    let back = pays(&maru, MEMBER, "good").await;
    approvals_suffer(&maru, FaultKind::LostAnswer);
    suffer(&maru, "kakaopay/order", FaultKind::Error, u32::MAX);
    assert_eq!(arrives(&maru, &back).await, "unknown");
    for _ in 0..3 {
        assert_eq!(settles_after(&maru, 60).await, json!({ "paid": 0, "failed": 0, "unknown": 1 }));
    }
    maru.stack.parts().faults.clear();
    assert_eq!(settles_after(&maru, 1).await["paid"], 1);
    assert_eq!(agreed(&maru).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn run_twice_at_once_it_books_once() {
    let maru = setup().start().await;
    for member in ["usr_a", "usr_b", "usr_c"] {
        let back = pays(&maru, member, "good").await;
        approvals_suffer(&maru, FaultKind::LostAnswer);
        suffer(&maru, "kakaopay/order", FaultKind::Error, 2);
        assert_eq!(arrives(&maru, &back).await, "unknown");
    }
    join_all((0..3).map(|_| settles_after(&maru, 1))).await;
    assert_eq!(agreed(&maru).await, 3);
    assert_eq!(states(&maru).await, ["paid", "paid", "paid"]);
}

/// Many orders whose look-up fails do not keep the run, or each other, from going on.
#[tokio::test(flavor = "multi_thread")]
async fn a_kakaopay_that_is_silent_is_left_alone_after_three_questions() {
    let maru = setup().start().await;
    for number in 0..5 {
        let back = pays(&maru, &format!("usr_{number}"), "good").await;
        approvals_suffer(&maru, FaultKind::Error);
        assert_eq!(arrives(&maru, &back).await, "unknown");
    }
    suffer(&maru, "kakaopay/order", FaultKind::Error, 6);
    assert_eq!(settles_after(&maru, 1).await["unknown"], 3);
    assert!(maru.stack.parts().faults.pending().is_empty());
    assert_eq!(settles_after(&maru, 0).await["unknown"], 2);
    assert_eq!(settles_after(&maru, 15).await, json!({ "paid": 0, "failed": 5, "unknown": 0 }));
}

/// There is a subscription already, as there never should be: the money is KakaoPay's to give back, by somebody who
/// hears of it.
#[tokio::test(flavor = "multi_thread")]
async fn money_that_no_subscription_can_begin_with_is_kept_as_a_difference() {
    let maru = setup().start().await;
    let back = pays(&maru, MEMBER, "good").await;
    approvals_suffer(&maru, FaultKind::LostAnswer);
    suffer(&maru, "kakaopay/order", FaultKind::Error, 2);
    assert_eq!(arrives(&maru, &back).await, "unknown");
    buys(&maru, "usr_other", "good").await;
    let mut others = stored(&maru, "MEMBER#usr_other").await;
    others.retain(|item| text(item, "sk") == "SUBSCRIPTION");
    let mut subscription = others.remove(0);
    subscription.insert("pk".to_owned(), AttributeValue::S(format!("MEMBER#{MEMBER}")));
    put(&maru, subscription).await;
    assert_eq!(settles_after(&maru, 1).await, json!({ "paid": 0, "failed": 0, "unknown": 1 }));
    let found = stored(&maru, "DIFFERENCES#").await;
    assert_eq!(found.len(), 1);
    assert_eq!((text(&found[0], "kind"), text(&found[0], "memberId")), ("not_booked", MEMBER));
    assert_eq!((times_charged(&maru, MEMBER).await, payments(&maru, MEMBER).await.len()), (1, 0));
    assert_eq!(
        (states(&maru).await, openings(&maru).await.len()),
        (vec!["paid".to_owned(), "unknown".to_owned()], 1)
    );
    // It is looked at again, now and then.
    assert_eq!(settles_after(&maru, 1).await["unknown"], 0);
    assert_eq!(settles_after(&maru, 60).await["unknown"], 1);
}
