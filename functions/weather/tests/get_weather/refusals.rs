//! A weather service that does not answer, or refuses.

use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use maru_stack::faults::FaultKind;
use maru_testing::{Answer, Maru};
use serde_json::json;

use crate::{BUSAN, DAEJEON, GWANGJU, OWNER, SEOUL, asked, befall, look, setup, wait};

fn total(maru: &Maru) -> u64 {
    asked(maru).into_iter().sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn through_six_hours_of_outage_the_last_weather_is_shown_with_its_age_and_then_fresh_again() {
    let maru = setup().start().await;
    let before = look(&maru, "", SEOUL).await;
    maru.kma().down();
    for hour in 1..=6_u64 {
        wait(&maru, 60);
        let calls = total(&maru);
        for _ in 0..10 {
            let weather = look(&maru, "", SEOUL).await;
            assert_eq!(
                json!([weather["observedAt"], weather["ageSeconds"], weather["stale"]]),
                json!([before["observedAt"], 600 + hour * 3_600, true])
            );
            assert_eq!(weather["now"]["temperature"], before["now"]["temperature"]);
            // The longest forecast reaches further than the outage.
            assert_eq!(weather["hours"].as_array().unwrap().len(), 6, "{weather:#}");
        }
        let more = total(&maru) - calls;
        assert!((1..=6).contains(&more), "ten callers of one hour made {more} calls");
    }
    maru.kma().up();
    wait(&maru, 2);
    let after = look(&maru, "", SEOUL).await;
    assert_eq!(
        json!([after["observedAt"], after["ageSeconds"], after["stale"]]),
        json!(["2026-01-15T21:00:00Z", 720, false])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_was_ever_fetched_an_outage_is_503_and_says_when_to_come_again() {
    let maru = setup().start().await;
    maru.kma().down();
    let answer = maru.get(SEOUL, "").await;
    let seconds: u64 = answer.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds), "{answer:?}");
    answer.expect_problem(503, "weather_unavailable");
    // Each product twice. One cell's is no outage; that of a third one is, and then nothing of any is asked for until
    // the minute is over.
    assert_eq!(asked(&maru), [2, 2, 2]);
    for path in [SEOUL, BUSAN, DAEJEON, GWANGJU, SEOUL] {
        maru.get(path, "").await.expect_problem(503, "weather_unavailable");
    }
    assert_eq!(asked(&maru), [6, 6, 6]);
    maru.kma().up();
    maru.get(SEOUL, "").await.expect_problem(503, "weather_unavailable");
    wait(&maru, 1);
    assert_eq!(look(&maru, "", SEOUL).await["stale"], false);
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

/// So many of a limit for the whole service were taken today.
async fn were_taken(maru: &Maru, limit: &str, used: u32) {
    // The day in Korea began ten minutes ago.
    let begin: Timestamp = "2026-01-15T15:00:00Z".parse().unwrap();
    let (key, begin) = (format!("LIMIT#{limit}#forecast"), begin.as_second().to_string());
    put(maru, (&key, &begin), ("used", i64::from(used))).await;
}

/// Puts an item with one number into the table.
async fn put(maru: &Maru, (pk, sk): (&str, &str), (name, value): (&str, i64)) {
    let tables = &maru.stack.parts().template.tables;
    let table = tables.iter().find(|table| table.logical_id == "WeatherTable").unwrap();
    let client = aws_sdk_dynamodb::Client::new(&maru.stack.sdk_config());
    let put = client.put_item().table_name(&table.name);
    let put = put.item("pk", AttributeValue::S(pk.to_owned())).item("sk", AttributeValue::S(sk.to_owned()));
    put.item(name, AttributeValue::N(value.to_string())).send().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn guests_who_use_up_their_calls_of_the_day_leave_those_of_members() {
    let maru = setup().start().await;
    // Two of the three products are within them.
    were_taken(&maru, "kma-guest-calls", 3_999).await;
    look(&maru, "", SEOUL).await;
    assert_eq!(total(&maru), 1);
    maru.get(BUSAN, "").await.expect_problem(429, "too_many_requests");
    assert_eq!(total(&maru), 1);
    assert_eq!(look(&maru, OWNER, BUSAN).await["stale"], false);
    assert_eq!(look(&maru, "", BUSAN).await["stale"], false, "what is known is for all");
}

#[tokio::test(flavor = "multi_thread")]
async fn our_own_calls_of_a_day_are_bounded_and_new_the_next_day() {
    let maru = setup().start().await;
    were_taken(&maru, "kma-calls", 8_000).await;
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
    assert_eq!((&weather["stale"], &weather["days"]), (&json!(true), &json!([])));
    assert_eq!(weather["now"]["origin"], "OBSERVED");
    wait(&maru, 1);
    let weather = look(&maru, "", SEOUL).await;
    assert_eq!((&weather["stale"], weather["days"].as_array().unwrap().len()), (&json!(false), 3));
}
