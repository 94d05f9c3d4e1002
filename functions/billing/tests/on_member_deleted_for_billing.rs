//! `on_member_deleted_for_billing`: a member leaves, in each state in which one can be.

mod crashes;

use maru_stack::faults::FaultKind;
use serde_json::json;

use crate::accountants::{given_back, refund};
use crate::checkouts::{arrives, asks, asks_under, pays};
use crate::members_who_leave::{expect_erased, leaves, left_of, record};
use crate::subscribers::{buys, ends, later, night, suffers, times_charged};
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn of_whoever_never_paid_there_is_a_record_and_nothing_else() {
    let maru = setup().start().await;
    leaves(&maru, MEMBER).await;
    assert_eq!(record(&maru, MEMBER).await, Some(json!([0, 0, 0, 0])));
    assert_eq!(left_of(&maru, MEMBER).await, ["ERASURE"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_is_over_at_once_and_only_the_ledger_stays() {
    let maru = setup().start().await;
    let order = buys(&maru, MEMBER, "good").await;
    asks_under(&maru, MEMBER, "k").await.expect_problem(409, "already_subscribed");
    night(&maru, "2026-02-16").await;
    refund(&maru, &order, Some(900)).await.expect(201);
    buys(&maru, "usr_other", "good").await;
    leaves(&maru, MEMBER).await;
    expect_erased(&maru, "active").await;
    assert_eq!(record(&maru, MEMBER).await, Some(json!([1, 2, 2, 1])));
    // Nobody is charged who is gone, whoever comes by.
    night(&maru, "2026-03-16").await;
    later(&maru, 20).await;
    assert_eq!((times_charged(&maru, MEMBER).await, times_charged(&maru, "usr_other").await), (2, 2));
    // Told again it changes nothing.
    let left = left_of(&maru, MEMBER).await;
    leaves(&maru, MEMBER).await;
    assert_eq!(record(&maru, MEMBER).await, Some(json!([1, 2, 2, 1])));
    assert_eq!(left_of(&maru, MEMBER).await, left);
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_ending_past_due_or_over_leaves_nothing_either() {
    for case in ["ending", "past_due", "ended", "refunded"] {
        let maru = setup().start().await;
        let order = buys(&maru, MEMBER, if case == "past_due" { "declined_later" } else { "good" }).await;
        match case {
            "ending" => drop(ends(&maru, MEMBER).await),
            "ended" => {
                ends(&maru, MEMBER).await;
                night(&maru, "2026-02-16").await;
            }
            "refunded" => drop(refund(&maru, &order, None).await.expect(201)),
            _ => drop(night(&maru, "2026-02-16").await),
        }
        leaves(&maru, MEMBER).await;
        expect_erased(&maru, case).await;
        night(&maru, "2026-02-17").await;
        later(&maru, 30).await;
        assert_eq!(times_charged(&maru, MEMBER).await, 1, "{case}");
        expect_erased(&maru, case).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_left_can_neither_begin_to_pay_nor_finish() {
    let maru = setup().start().await;
    let back = pays(&maru, MEMBER, "good").await;
    leaves(&maru, MEMBER).await;
    assert_eq!(arrives(&maru, &back).await, "invalid");
    assert_eq!(times_charged(&maru, MEMBER).await, 0);
    let refused = asks(&maru, MEMBER).await;
    assert!([401, 409].contains(&refused.status), "{refused:#?}");
    // The order is reconciled, and then expires.
    assert_eq!(left_of(&maru, MEMBER).await, ["ERASURE", "LIMIT", "ORDER"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_that_was_sent_is_waited_for_and_what_it_moved_is_in_the_ledger() {
    for (kind, charged) in [(FaultKind::LostAnswer, 2), (FaultKind::Error, 1)] {
        let maru = setup().start().await;
        buys(&maru, MEMBER, "good").await;
        suffers(&maru, kind);
        night(&maru, "2026-02-16").await;
        leaves(&maru, MEMBER).await;
        assert_eq!(record(&maru, MEMBER).await, None);
        later(&maru, 20).await;
        maru.stack.run_scheduled("cron_finish_erasures").await.unwrap();
        expect_erased(&maru, "unknown").await;
        assert_eq!(times_charged(&maru, MEMBER).await, charged);
        let day = maru.get("/admin/billing/ledger?day=2026-02-16", &maru.admin()).await.expect(200);
        assert_eq!(day["entries"], charged - 1);
        night(&maru, "2026-03-16").await;
        assert_eq!(times_charged(&maru, MEMBER).await, charged);
        assert_eq!(given_back(&maru, MEMBER).await, 0);
    }
}
