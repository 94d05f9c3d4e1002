//! `POST /admin/billing/{memberId}/payments/{orderId}/refunds`.

mod crashes;
mod lost;

use futures::future::join_all;
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use reqwest::Method;
use serde_json::json;

use crate::accountants::{
    expect_only_admins, given_back, goes_wrong, listed, money_agrees, refund, refund_states, refund_under,
    refunds,
};
use crate::checkouts::closes;
use crate::subscribers::{buys, later, night, payments, stands, suffers, told};
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_is_no_admin() {
    let maru = setup().start().await;
    expect_only_admins(&maru, Method::POST, &refunds("ord_1")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_goes_back_and_then_the_rest_and_the_plan_stays() {
    let maru = setup().start().await;
    let order = buys(&maru, MEMBER, "good").await;
    later(&maru, 1).await;
    refund(&maru, &order, Some(5_000)).await.expect(201);
    assert_eq!(payments(&maru, MEMBER).await[0]["state"], "partly_refunded");
    let rest = refund(&maru, &order, None).await.expect(201);
    assert_eq!(rest["amount"], 14_900);
    assert_eq!(payments(&maru, MEMBER).await[0]["state"], "refunded");
    assert_eq!(given_back(&maru, MEMBER).await, 19_900);
    money_agrees(&maru).await;
    assert_eq!(told(&maru, MEMBER).await, ["PAYMENT_REFUNDED", "PAYMENT_REFUNDED", "PAYMENT_RECEIVED"]);
    assert_eq!(stands(&maru, MEMBER).await[..2], ["PRO", "active"]);
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_given_back_is_refused_before_kakaopay_is_asked() {
    let maru = setup().start().await;
    let order = buys(&maru, MEMBER, "good").await;
    for amount in [19_901, i64::MAX] {
        refund(&maru, &order, Some(amount)).await.expect_problem(409, "refund_too_large");
    }
    refund(&maru, "ord_unknown", None).await.expect_problem(404, "not_found");
    let other = format!("/admin/billing/usr_other/payments/{order}/refunds");
    maru.post(&other, &maru.admin(), &json!({ "reason": "x" })).await.expect_problem(404, "not_found");
    for body in [
        json!({}),
        json!({ "reason": "" }),
        json!({ "reason": "  " }),
        json!({ "reason": "a\nb" }),
        json!({ "reason": "가".repeat(201) }),
        json!({ "reason": "x", "amount": 0 }),
        json!({ "reason": "x", "amount": -1 }),
        json!({ "reason": "x", "amount": 0.5 }),
        json!({ "reason": "x", "all": true }),
    ] {
        let answer = maru.post(&refunds(&order), &maru.admin(), &body).await;
        assert_eq!(answer.status, 400, "{body}: {answer:#?}");
    }
    assert!(listed(&maru, MEMBER).await[0]["refunds"].as_array().unwrap().is_empty());
    closes(&maru, MEMBER).await;
    refund(&maru, &order, None).await.expect_problem(404, "not_found");
    assert_eq!(given_back(&maru, MEMBER).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_whose_answer_was_lost_cannot_be_named_to_kakaopay() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    suffers(&maru, FaultKind::LostAnswer);
    night(&maru, "2026-02-16").await;
    later(&maru, 20).await;
    let payment = listed(&maru, MEMBER).await.remove(0);
    assert_eq!((&payment["periodStart"], &payment["tid"]), (&json!("2026-02-16"), &json!(null)));
    let answer = refund(&maru, payment["orderId"].as_str().unwrap(), None).await;
    answer.expect_problem(409, "payment_without_tid");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_admins_at_once_one_gives_all_of_it_back() {
    let maru = setup().start().await;
    let order = buys(&maru, MEMBER, "good").await;
    let answers = join_all((0..8).map(|_| refund(&maru, &order, None))).await;
    let made = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(made, 1, "{answers:#?}");
    for answer in answers.iter().filter(|answer| answer.status != 201) {
        let code = answer.json["code"].as_str().unwrap();
        assert!(["refund_unsettled", "refund_too_large"].contains(&code), "{answer:#?}");
    }
    assert_eq!(given_back(&maru, MEMBER).await, 19_900);
    money_agrees(&maru).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_parts_at_once_no_more_goes_back_than_was_paid() {
    let maru = setup().start().await;
    let order = buys(&maru, MEMBER, "good").await;
    let mut made = 0;
    for _ in 0..6 {
        let answers = join_all((0..4).map(|_| refund(&maru, &order, Some(6_000)))).await;
        made += answers.iter().filter(|answer| answer.status == 201).count();
    }
    assert_eq!(made, 3);
    assert_eq!(given_back(&maru, MEMBER).await, 18_000);
    money_agrees(&maru).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn under_one_key_it_is_one_refund_however_often_it_is_sent() {
    let maru = setup().start().await;
    let order = buys(&maru, MEMBER, "good").await;
    let answers = join_all((0..4).map(|_| refund_under(&maru, &order, Some(5_000), "k"))).await;
    for answer in &answers {
        assert_eq!((answer.status, &answer.json), (201, &answers[0].json));
    }
    refund_under(&maru, &order, Some(6_000), "k").await.expect_problem(422, "idempotency_mismatch");
    assert_eq!(given_back(&maru, MEMBER).await, 5_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_kakaopay_refuses_is_closed_and_can_be_asked_for_again() {
    for code in [-781, -722, -783, -710] {
        let maru = setup().start().await;
        let order = buys(&maru, MEMBER, "good").await;
        goes_wrong(&maru, "cancel", FaultKind::Refusal(code), 1);
        refund(&maru, &order, None).await.expect_problem(409, "refund_refused");
        let refused = listed(&maru, MEMBER).await.remove(0);
        assert_eq!(refused["refunds"][0]["refusedBecause"], json!({ "code": code }));
        assert_eq!(refused["state"], "paid");
        refund(&maru, &order, None).await.expect(201);
        assert_eq!(refund_states(&maru, MEMBER).await, ["refused", "done"]);
        money_agrees(&maru).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_never_left_is_sent_when_it_is_asked_for_again_under_its_key() {
    let maru = setup().start().await;
    let order = buys(&maru, MEMBER, "good").await;
    let no_secret = Fault::new(FaultTarget::Parameters, FaultKind::Error, 50);
    maru.stack.parts().faults.push(no_secret);
    let answer = refund_under(&maru, &order, None, "k").await;
    answer.expect_problem(503, "unavailable");
    assert_eq!(
        (refund_states(&maru, MEMBER).await, given_back(&maru, MEMBER).await),
        (vec!["refused".into()], 0)
    );
    maru.stack.parts().faults.clear();
    refund_under(&maru, &order, None, "k").await.expect(201);
    assert_eq!(refund_states(&maru, MEMBER).await, ["done"]);
    money_agrees(&maru).await;
}
