//! A weather service that refuses.

use std::time::Duration;

use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_testing::{Answer, Maru};
use serde_json::json;

use crate::{BUSAN, DAEJEON, GWANGJU, OWNER, SEOUL, asked, befall, look, setup, taken, wait, were_taken};

/// All calls of the service so far.
pub fn total(maru: &Maru) -> u64 {
    asked(maru).into_iter().sum()
}

/// What a first caller hears when all calls end like this, how many calls that takes, and what the next one hears of
/// another cell and how many calls that takes.
async fn with_all(kind: FaultKind) -> (Answer, u64, Answer, u64) {
    let maru = setup().start().await;
    befall(&maru, "kma", kind, 1_000, 0);
    let first = maru.get(SEOUL, "").await;
    let calls = total(&maru);
    let second = maru.get(BUSAN, "").await;
    let more = total(&maru) - calls;
    (first, calls, second, more)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_key_is_not_repeated_and_the_service_is_left_alone_in_whatever_form_it_says_so() {
    for kind in [
        FaultKind::XmlRefusal(30),
        FaultKind::JsonRefusal(31),
        FaultKind::FlatRefusal(20),
        FaultKind::Refusal(32),
        FaultKind::Unauthorized,
    ] {
        let (first, calls, second, more) = with_all(kind).await;
        first.expect_problem(503, "weather_unavailable");
        assert_eq!((calls, more), (3, 0), "{kind:?}");
        assert_eq!(second.headers["retry-after"], "600", "{kind:?}");
        second.expect_problem(503, "weather_unavailable");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn used_up_calls_are_not_repeated_before_the_next_day_in_korea() {
    for kind in [FaultKind::XmlRefusal(22), FaultKind::JsonRefusal(22), FaultKind::Refusal(22)] {
        let (first, calls, second, more) = with_all(kind).await;
        first.expect_problem(503, "weather_unavailable");
        assert_eq!((calls, more), (3, 0), "{kind:?}");
        // It is ten past midnight.
        assert_eq!(second.headers["retry-after"], (24 * 3_600 - 600).to_string(), "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_calls_at_once_are_none_of_a_day_and_it_is_asked_again_after_ten_minutes() {
    let (first, calls, second, more) = with_all(FaultKind::Throttle).await;
    first.expect_problem(503, "weather_unavailable");
    assert_eq!((calls, more), (3, 0));
    assert_eq!(second.headers["retry-after"], "600");
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_calls_again_at_the_first_attempt_after_that_are_those_of_the_day() {
    let maru = setup().start().await;
    befall(&maru, "kma", FaultKind::Throttle, 6, 0);
    maru.get(SEOUL, "").await.expect_problem(503, "weather_unavailable");
    wait(&maru, 10);
    maru.get(SEOUL, "").await.expect_problem(503, "weather_unavailable");
    assert_eq!(total(&maru), 6);
    // It is twenty past midnight.
    let answer = maru.get(BUSAN, "").await;
    assert_eq!(answer.headers["retry-after"], (24 * 3_600 - 1_200).to_string());
    wait(&maru, 23 * 60 + 39);
    maru.get(BUSAN, "").await.expect_problem(503, "weather_unavailable");
    assert_eq!(total(&maru), 6);
    // The next day begins anew: with the first, which is one of ten minutes.
    wait(&maru, 1);
    befall(&maru, "kma", FaultKind::Throttle, 3, 0);
    maru.get(SEOUL, "").await.expect_problem(503, "weather_unavailable");
    assert_eq!(maru.get(BUSAN, "").await.headers["retry-after"], "600");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_answered_after_too_many_calls_makes_the_next_of_them_the_first_again() {
    let maru = setup().start().await;
    befall(&maru, "kma", FaultKind::Throttle, 3, 0);
    maru.get(SEOUL, "").await.expect_problem(503, "weather_unavailable");
    wait(&maru, 10);
    assert_eq!(look(&maru, "", SEOUL).await["stale"], false);
    befall(&maru, "kma", FaultKind::Throttle, 3, 0);
    maru.get(BUSAN, "").await.expect_problem(503, "weather_unavailable");
    assert_eq!(maru.get(DAEJEON, "").await.headers["retry-after"], "600");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_cannot_be_read_keeps_one_cell_waiting_some_seconds_and_no_other() {
    let maru = setup().start().await;
    let fault = Fault::new(FaultTarget::Parameters, FaultKind::Error, 9);
    maru.stack.parts().faults.push(fault);
    let answer = maru.get(SEOUL, "").await;
    assert_eq!(answer.headers["retry-after"], "5");
    answer.expect_problem(503, "weather_unavailable");
    assert_eq!(taken(&maru, ("weather-fetches", "127.0.0.1")).await, 0, "nobody was asked");
    maru.stack.parts().faults.clear();
    assert_eq!(look(&maru, "", BUSAN).await["stale"], false);
    maru.stack.clock().advance(Duration::from_secs(5));
    assert_eq!(look(&maru, "", SEOUL).await["stale"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_the_portal_answers_in_a_second_is_not_asked_for_but_put_off() {
    let maru = setup().start().await;
    for path in [SEOUL, BUSAN, DAEJEON] {
        look(&maru, "", path).await;
    }
    let calls = total(&maru);
    let answer = maru.get(GWANGJU, "").await;
    assert_eq!(answer.headers["retry-after"], "2");
    answer.expect_problem(503, "weather_unavailable");
    assert_eq!(total(&maru), calls);
    // Nobody else is concerned, once the second is over.
    maru.stack.clock().advance(Duration::from_secs(1));
    look(&maru, "", "/weather?lat=33.4996&lon=126.5312").await;
    maru.stack.clock().advance(Duration::from_secs(1));
    assert_eq!(look(&maru, "", GWANGJU).await["stale"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn guests_who_use_up_their_calls_of_the_day_leave_those_of_members_and_their_pace() {
    let maru = setup().start().await;
    were_taken(&maru, ("kma-guest-calls", "forecast"), 4_000).await;
    // In one and the same second: a guest who is refused takes nothing of the pace that members live on.
    for path in [SEOUL, DAEJEON, GWANGJU, SEOUL, DAEJEON, GWANGJU] {
        maru.get(path, "").await.expect_problem(429, "too_many_requests");
    }
    assert_eq!(total(&maru), 0);
    assert_eq!(look(&maru, OWNER, BUSAN).await["stale"], false);
    assert_eq!(look(&maru, "", BUSAN).await["stale"], false, "what is known is for all");
    let counted =
        [taken(&maru, ("kma-calls", "forecast")).await, taken(&maru, ("kma-guest-calls", "forecast")).await];
    assert_eq!(counted, [4, 4_000], "the refused are not counted");
}

#[tokio::test(flavor = "multi_thread")]
async fn our_own_calls_of_a_day_are_bounded_and_new_the_next_day() {
    let maru = setup().start().await;
    were_taken(&maru, ("kma-calls", "forecast"), 8_000).await;
    for path in [SEOUL, BUSAN] {
        maru.get(path, "").await.expect_problem(503, "weather_unavailable");
    }
    assert_eq!(total(&maru), 0);
    wait(&maru, 24 * 60);
    assert_eq!(look(&maru, "", BUSAN).await["stale"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_passes_is_repeated_once_and_a_fault_of_ours_never() {
    for (kind, expected) in [
        (FaultKind::Refusal(1), 6),
        (FaultKind::XmlRefusal(4), 6),
        (FaultKind::Error, 6),
        (FaultKind::FlatRefusal(10), 3),
        (FaultKind::Refusal(12), 3),
    ] {
        let (first, calls, ..) = with_all(kind).await;
        first.expect_problem(503, "weather_unavailable");
        assert_eq!(calls, expected, "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_of_one_cell_does_not_silence_the_others() {
    let maru = setup().start().await;
    for operation in ["getUltraSrtNcst", "getUltraSrtFcst", "getVilageFcst"] {
        befall(&maru, &format!("kma/{operation}:60,127"), FaultKind::Refusal(10), 1_000, 0);
    }
    maru.get(SEOUL, "").await.expect_problem(503, "weather_unavailable");
    assert_eq!(look(&maru, "", BUSAN).await["stale"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_that_fails_leaves_the_others_as_they_are() {
    let maru = setup().start().await;
    befall(&maru, "kma/getVilageFcst", FaultKind::Refusal(1), 2, 0);
    let weather = look(&maru, "", SEOUL).await;
    let nothing = json!({ "day": "2026-01-16", "lowest": null, "highest": null, "precipitation": null, "chance": null,
        "sky": null });
    assert_eq!((&weather["stale"], &weather["days"]), (&json!(true), &json!([nothing])));
    assert_eq!(weather["now"]["origin"], "OBSERVED");
    wait(&maru, 1);
    let weather = look(&maru, "", SEOUL).await;
    assert_eq!((&weather["stale"], weather["days"].as_array().unwrap().len()), (&json!(false), 3));
}
