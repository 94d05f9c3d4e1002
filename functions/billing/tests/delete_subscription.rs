//! `DELETE /billing/subscription`.

use maru_stack::faults::FaultKind;
use maru_testing::Answer;
use reqwest::Method;
use serde_json::json;

use crate::subscribers::{
    billing, books_agree, buys, ends, finished, has_active_key, is_pro_elsewhere, later, night, stands,
    suffers, times_charged, token, told,
};
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_is_not_a_member_or_has_nothing_to_end() {
    let maru = setup().start().await;
    let path = "/billing/subscription";
    for (token, status, code) in
        [(String::new(), 401, "unauthenticated"), (token(&maru, MEMBER), 404, "not_found")]
    {
        let answer = maru.request(Method::DELETE, path, &token).send().await.unwrap();
        Answer::read(answer).await.expect_problem(status, code);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_stays_pro_to_the_end_of_the_period_and_is_not_charged_again() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    let shown = ends(&maru, MEMBER).await;
    assert_eq!(shown["plan"], "PRO");
    assert_eq!(shown["subscription"]["status"], "ending");
    assert_eq!(
        (&shown["subscription"]["endsOn"], &shown["subscription"]["nextChargeOn"]),
        (&json!("2026-02-16"), &json!(null))
    );
    assert_eq!(ends(&maru, MEMBER).await, shown);
    maru.midnight_of("2026-02-15");
    assert!(is_pro_elsewhere(&maru, MEMBER).await);
    // The plan is over with the period, before any job has come by.
    maru.midnight_of("2026-02-16");
    assert!(!is_pro_elsewhere(&maru, MEMBER).await);
    assert_eq!(billing(&maru, MEMBER).await["plan"], "FREE");
    night(&maru, "2026-02-16").await;
    assert_eq!(finished(&maru).await[0]["ended"], 1);
    assert_eq!(stands(&maru, MEMBER).await[..2], ["FREE", "ended"]);
    assert_eq!(told(&maru, MEMBER).await, ["PLAN_ENDED", "PAYMENT_RECEIVED"]);
    assert!(!has_active_key(&maru, MEMBER).await);
    books_agree(&maru, MEMBER).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_its_due_day_it_ends_unpaid_if_it_was_not_charged_yet_and_a_month_later_if_it_was() {
    for charged_first in [false, true] {
        let maru = setup().start().await;
        buys(&maru, MEMBER, "good").await;
        maru.midnight_of("2026-02-16");
        if charged_first {
            night(&maru, "2026-02-16").await;
        }
        ends(&maru, MEMBER).await;
        night(&maru, "2026-02-16").await;
        later(&maru, 2).await;
        let expected = if charged_first { ["PRO", "ending"] } else { ["FREE", "ended"] };
        assert_eq!(stands(&maru, MEMBER).await[..2], expected);
        assert_eq!(times_charged(&maru, MEMBER).await, 1 + usize::from(charged_first));
        night(&maru, "2026-03-16").await;
        assert_eq!(stands(&maru, MEMBER).await[..2], ["FREE", "ended"]);
        books_agree(&maru, MEMBER).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_declined_charge_waits_to_be_tried_again_it_is_over_at_once() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "declined_later").await;
    night(&maru, "2026-02-16").await;
    assert_eq!(stands(&maru, MEMBER).await[..2], ["PRO", "past_due"]);
    let shown = ends(&maru, MEMBER).await;
    assert_eq!((&shown["plan"], &shown["subscription"]["status"]), (&json!("FREE"), &json!("ended")));
    assert!(!is_pro_elsewhere(&maru, MEMBER).await);
    night(&maru, "2026-02-17").await;
    assert_eq!(times_charged(&maru, MEMBER).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_nobody_knows_whether_it_was_charged_that_is_settled_first() {
    for (kind, moved) in [(FaultKind::LostAnswer, true), (FaultKind::Error, false)] {
        let maru = setup().start().await;
        buys(&maru, MEMBER, "good").await;
        suffers(&maru, kind);
        night(&maru, "2026-02-16").await;
        ends(&maru, MEMBER).await;
        later(&maru, 16).await;
        let expected = if moved { ["PRO", "ending"] } else { ["FREE", "ended"] };
        assert_eq!(stands(&maru, MEMBER).await[..2], expected, "{kind:?}");
        assert_eq!(times_charged(&maru, MEMBER).await, 1 + usize::from(moved));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn once_it_is_over_it_can_be_bought_again() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    ends(&maru, MEMBER).await;
    night(&maru, "2026-02-16").await;
    buys(&maru, MEMBER, "good").await;
    assert_eq!(stands(&maru, MEMBER).await, ["PRO", "active", "2026-02-16", "2026-03-16"]);
    assert!(is_pro_elsewhere(&maru, MEMBER).await);
}

/// Between the last midnight and the worker that comes by.
#[tokio::test(flavor = "multi_thread")]
async fn once_its_last_day_is_over_it_can_be_bought_again_though_no_night_has_come_to_it() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    ends(&maru, MEMBER).await;
    maru.midnight_of("2026-02-18");
    buys(&maru, MEMBER, "good").await;
    assert_eq!(stands(&maru, MEMBER).await, ["PRO", "active", "2026-02-18", "2026-03-18"]);
    night(&maru, "2026-02-19").await;
    assert_eq!(times_charged(&maru, MEMBER).await, 2);
    books_agree(&maru, MEMBER).await;
}
