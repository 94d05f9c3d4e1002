//! A charge that is not paid: tried again on days 1, 3, 5 and 7, and then no more.

use maru_stack::faults::FaultKind;
use serde_json::json;

use crate::subscribers::{
    books_agree, buys, finished, finished_after, has_active_key, is_pro_elsewhere, later, next, night,
    stands, suffers, times_charged, told,
};
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_fails_is_tried_on_days_1_3_5_and_7_and_then_the_plan_is_free() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "declined_later").await;
    let mut day = "2026-02-16".to_owned();
    let mut asked = Vec::new();
    for number in 0..10 {
        if night(&maru, &day).await["asked"] == 1 {
            asked.push(number);
        }
        let declined = told(&maru, MEMBER).await.iter().filter(|kind| *kind == "PAYMENT_DECLINED").count();
        assert_eq!(declined, asked.len().min(4), "day {number}");
        assert_eq!(stands(&maru, MEMBER).await[0], if number < 7 { "PRO" } else { "FREE" }, "day {number}");
        assert_eq!(is_pro_elsewhere(&maru, MEMBER).await, number < 7, "day {number}");
        let counts = finished(&maru).await[0].clone();
        let expected = match number {
            7 => ("lost", 1),
            0 | 1 | 3 | 5 => ("declined", 1),
            _ => ("declined", 0),
        };
        assert_eq!(counts[expected.0], expected.1, "day {number}: {counts}");
        day = next(&day);
    }
    assert_eq!(asked, [0, 1, 3, 5, 7]);
    assert_eq!(told(&maru, MEMBER).await[0], "PLAN_ENDED");
    assert_eq!(times_charged(&maru, MEMBER).await, 1);
    assert!(!has_active_key(&maru, MEMBER).await);
    books_agree(&maru, MEMBER).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_is_mended_pays_from_the_day_on_which_it_was_due() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "declined_later").await;
    for day in ["2026-02-16", "2026-02-17"] {
        night(&maru, day).await;
        assert_eq!(stands(&maru, MEMBER).await[..2], ["PRO", "past_due"]);
    }
    maru.kakaopay().pay_with(MEMBER, "good").await;
    night(&maru, "2026-02-18").await;
    assert_eq!(times_charged(&maru, MEMBER).await, 1);
    night(&maru, "2026-02-19").await;
    assert_eq!(stands(&maru, MEMBER).await, ["PRO", "active", "2026-02-16", "2026-03-16"]);
    assert_eq!(times_charged(&maru, MEMBER).await, 2);
    books_agree(&maru, MEMBER).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_heal_ends_the_subscription_at_once() {
    for code in [-750, -751] {
        let maru = setup().start().await;
        buys(&maru, MEMBER, "good").await;
        suffers(&maru, FaultKind::Refusal(code));
        night(&maru, "2026-02-16").await;
        assert_eq!(stands(&maru, MEMBER).await[..2], ["FREE", "ended"], "{code}");
        assert_eq!(told(&maru, MEMBER).await, ["PLAN_ENDED", "PAYMENT_RECEIVED"]);
        assert!(!is_pro_elsewhere(&maru, MEMBER).await);
        assert_eq!(finished(&maru).await[0]["lost"], 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_other_refusal_is_tried_again_and_never_extends() {
    for code in [-752, -753, -780, -782, -797, -721, -722, -731] {
        let maru = setup().start().await;
        buys(&maru, MEMBER, "good").await;
        suffers(&maru, FaultKind::Refusal(code));
        night(&maru, "2026-02-16").await;
        assert_eq!(stands(&maru, MEMBER).await, ["PRO", "past_due", "2026-01-16", "2026-02-16"], "{code}");
        assert_eq!(times_charged(&maru, MEMBER).await, 1);
        night(&maru, "2026-02-17").await;
        assert_eq!(stands(&maru, MEMBER).await, ["PRO", "active", "2026-02-16", "2026-03-16"], "{code}");
    }
}

/// A request that was lost on the way is no refusal: it is sent again without waiting for a day.
#[tokio::test(flavor = "multi_thread")]
async fn what_kakaopay_never_got_is_sent_again_the_same_night() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    suffers(&maru, FaultKind::Error);
    suffers(&maru, FaultKind::Error);
    night(&maru, "2026-02-16").await;
    later(&maru, 16).await;
    assert_eq!(times_charged(&maru, MEMBER).await, 1);
    let counts = finished_after(&maru, 16).await[0].clone();
    assert_eq!(stands(&maru, MEMBER).await, ["PRO", "active", "2026-02-16", "2026-03-16"]);
    assert_eq!((&counts["charged"], &counts["declined"]), (&json!(1), &json!(0)));
    books_agree(&maru, MEMBER).await;
}
