//! `cron_plan_renewals`: the night begins.

use crate::subscribers::{
    books_agree, buys, finished, finished_after, night, stands, suffers, times_charged,
};
use crate::{MEMBER, setup};
use maru_stack::faults::FaultKind;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_night_finds_what_is_due_and_nothing_else() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    maru.next_midnight();
    buys(&maru, "usr_a_day_later", "good").await;
    assert_eq!(night(&maru, "2026-02-15").await["asked"], 0);
    assert_eq!(night(&maru, "2026-02-16").await["asked"], 1);
    assert_eq!(times_charged(&maru, MEMBER).await, 2);
    assert_eq!(times_charged(&maru, "usr_a_day_later").await, 1);
    assert_eq!(night(&maru, "2026-02-17").await["asked"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_period_begins_on_the_anchor_whatever_the_lengths_of_the_months() {
    for (bought, due) in [
        ("2027-01-31", ["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]),
        ("2028-01-30", ["2028-02-29", "2028-03-30", "2028-04-30", "2028-05-30"]),
        ("2028-02-29", ["2028-03-29", "2028-04-29", "2028-05-29", "2028-06-29"]),
        ("2027-11-30", ["2027-12-30", "2028-01-30", "2028-02-29", "2028-03-30"]),
    ] {
        let maru = setup().start().await;
        maru.midnight_of(bought);
        buys(&maru, MEMBER, "good").await;
        let mut start = bought;
        for end in due {
            assert_eq!(stands(&maru, MEMBER).await, ["PRO", "active", start, end]);
            let eve = end.parse::<jiff::civil::Date>().unwrap().yesterday().unwrap().to_string();
            assert_eq!(night(&maru, &eve).await["asked"], 0, "{eve}");
            assert_eq!(night(&maru, end).await["asked"], 1, "{end}");
            start = end;
        }
        assert_eq!(times_charged(&maru, MEMBER).await, 5);
        books_agree(&maru, MEMBER).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn begun_again_it_does_nothing_twice_and_says_what_was_done() {
    let maru = setup().start().await;
    for member in ["usr_1", "usr_2", "usr_3"] {
        buys(&maru, member, "good").await;
    }
    buys(&maru, "usr_4", "declined_later").await;
    assert_eq!(night(&maru, "2026-02-16").await, json!({ "day": "2026-02-16", "asked": 4 }));
    assert_eq!(night(&maru, "2026-02-16").await, json!({ "day": "2026-02-16", "asked": 0 }));
    let counts = json!({ "charged": 3, "declined": 1, "ended": 0, "lost": 0, "nothing": 0 });
    let mut told = counts.clone();
    told["day"] = json!("2026-02-16");
    assert_eq!(finished(&maru).await, json!([told]));
    assert_eq!(finished(&maru).await, json!([]));
    assert_eq!(night(&maru, "2026-02-16").await, json!({ "day": "2026-02-16", "asked": 0, "done": counts }));
    assert_eq!(maru.kakaopay().movements().await.len(), 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_over_only_after_the_last_is_settled() {
    let maru = setup().start().await;
    buys(&maru, "usr_1", "good").await;
    buys(&maru, "usr_2", "good").await;
    suffers(&maru, FaultKind::LostAnswer);
    night(&maru, "2026-02-16").await;
    for _ in 0..7 {
        assert_eq!(finished(&maru).await, json!([]));
    }
    let counts =
        json!({ "day": "2026-02-16", "charged": 2, "declined": 0, "ended": 0, "lost": 0, "nothing": 0 });
    assert_eq!(finished_after(&maru, 2).await, json!([counts]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_night_that_nobody_is_due_in_is_over_at_once() {
    let maru = setup().start().await;
    assert_eq!(night(&maru, "2026-02-16").await["asked"], 0);
    assert_eq!(finished(&maru).await[0]["charged"], 0);
}
