//! `POST /billing/checkout`.

use std::time::Duration;

use futures::future::join_all;
use maru_stack::crash::{CrashPlan, Moment};
use maru_stack::faults::FaultKind;
use serde_json::{Value, json};

use crate::checkouts::{agreed, asks, asks_under, buys_and_is_told, closes, states, stored, suffer};
use crate::subscribers::{buys, ends, night, token};
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_is_not_a_member() {
    let maru = setup().start().await;
    for token in ["", "not.a.token"] {
        let answer = maru.post("/billing/checkout", token, &json!({ "plan": "PRO" })).await;
        answer.expect_problem(401, "unauthenticated");
    }
    assert!(stored(&maru, "ORDER#").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn leads_to_kakaopays_page_and_moves_no_money() {
    let maru = setup().start().await;
    let checkout = asks(&maru, MEMBER).await.expect(201);
    assert!(checkout["orderId"].as_str().unwrap().starts_with("ord_"), "{checkout:#}");
    assert_eq!(checkout["expiresAt"], "2026-01-15T15:25:00Z");
    for page in ["redirectUrl", "mobileRedirectUrl"] {
        let page = maru.client.get(checkout[page].as_str().unwrap()).send().await.unwrap();
        assert!(page.text().await.unwrap().contains("19,900"));
    }
    assert_eq!((states(&maru).await, agreed(&maru).await), (vec!["ready".to_owned()], 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_but_pro_can_be_bought() {
    let maru = setup().start().await;
    for body in [json!({}), json!({ "plan": "FREE" }), json!({ "plan": "PRO", "amount": 1 })] {
        let answer = maru.post("/billing/checkout", &token(&maru, MEMBER), &body).await;
        assert_eq!(answer.status, 400, "{answer:#?}");
    }
    assert!(stored(&maru, "ORDER#").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_gives_the_same_order_however_many_ask_at_once() {
    let maru = setup().start().await;
    let answers = join_all((0..5).map(|_| asks_under(&maru, MEMBER, "one"))).await;
    let answers: Vec<Value> = answers.into_iter().map(|answer| answer.expect(201)).collect();
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
    assert_eq!(stored(&maru, "ORDER#").await.len(), 1);
    let other = asks_under(&maru, MEMBER, "two").await.expect(201);
    assert_ne!(other["orderId"], answers[0]["orderId"]);
}

/// The function dies at each of its calls; the client asks again under its key.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_again_after_a_crash_gets_one_order_that_can_be_paid() {
    for moment in [Moment::Before, Moment::After] {
        for at_call in 1.. {
            let maru = setup().start().await;
            let (function, operation) = ("create_checkout".to_owned(), None);
            maru.stack.parts().crashes.arm(CrashPlan { function, at_call, operation, moment });
            asks_under(&maru, MEMBER, "one").await;
            if !maru.stack.parts().crashes.hit() {
                assert!(at_call > 5, "it makes some calls: {at_call}");
                break;
            }
            maru.stack.clock().advance(Duration::from_secs(120));
            let checkout = asks_under(&maru, MEMBER, "one").await.expect(201);
            assert_eq!(stored(&maru, "ORDER#").await.len(), 1, "call {at_call}, {moment:?}");
            let back = maru.kakaopay().pay(checkout["redirectUrl"].as_str().unwrap(), "good").await;
            assert_eq!(crate::checkouts::arrives(&maru, &back).await, "paid");
            assert_eq!(agreed(&maru).await, 1);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_subscribed_cannot_buy_again_before_it_is_over() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    asks(&maru, MEMBER).await.expect_problem(409, "already_subscribed");
    ends(&maru, MEMBER).await;
    asks(&maru, MEMBER).await.expect_problem(409, "subscription_ending");
    night(&maru, "2026-02-16").await;
    assert_eq!(buys_and_is_told(&maru, MEMBER, "good").await, "paid");
    assert_eq!(agreed(&maru).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_of_a_subscription_that_is_over_is_given_up_before_there_is_another() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    ends(&maru, MEMBER).await;
    suffer(&maru, "kakaopay/inactive", FaultKind::Error, 4);
    night(&maru, "2026-02-16").await;
    // The night tried twice, and so does the first checkout.
    asks(&maru, MEMBER).await.expect_problem(503, "unavailable");
    assert!(maru.stack.parts().faults.pending().is_empty());
    assert_eq!(buys_and_is_told(&maru, MEMBER, "good").await, "paid");
    let keys = maru.kakaopay().keys(MEMBER).await;
    let mut statuses: Vec<&str> =
        keys.as_array().unwrap().iter().map(|key| key["status"].as_str().unwrap()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, ["ACTIVE", "INACTIVE"], "{keys:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn while_kakaopay_fails_nothing_is_stored_and_later_it_works() {
    let maru = setup().start().await;
    for kind in [FaultKind::Error, FaultKind::Throttle, FaultKind::LostAnswer, FaultKind::Refusal(-799)] {
        suffer(&maru, "kakaopay/ready", kind, 1);
        asks(&maru, MEMBER).await.expect_problem(503, "unavailable");
    }
    assert!(stored(&maru, "ORDER#").await.is_empty());
    assert_eq!(buys_and_is_told(&maru, MEMBER, "good").await, "paid");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_in_an_hour_are_enough() {
    let maru = setup().start().await;
    for _ in 0..10 {
        asks(&maru, MEMBER).await.expect(201);
    }
    asks(&maru, MEMBER).await.expect_problem(429, "too_many_requests");
    asks(&maru, "usr_other").await.expect(201);
    maru.stack.clock().advance(Duration::from_secs(3_600));
    asks(&maru, MEMBER).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_closed_the_account_buys_nothing() {
    let maru = setup().start().await;
    closes(&maru, MEMBER).await;
    asks(&maru, MEMBER).await.expect_problem(401, "account_closed");
    assert!(stored(&maru, "ORDER#").await.is_empty());
}
