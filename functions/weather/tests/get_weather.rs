//! Looking at the weather.

pub mod advice;
mod crowd;
mod outages;
mod refusals;
mod sights;

use aws_sdk_dynamodb::types::AttributeValue;
use maru_stack::faults::FaultKind;
use maru_testing::kma::{Falling, Hour};
use serde_json::json;

use crate::{BUSAN, OBSERVATION, SEOUL, asked, befall, look, set, setup, wait};

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_sees_now_six_hours_and_three_days_over_the_cell_of_a_place() {
    let maru = setup().start().await;
    maru.kma().weather(Hour::wet(3.4, Falling::Rain, 6.2));
    let weather = look(&maru, "", SEOUL).await;
    assert_eq!(weather["cell"], json!({ "nx": 60, "ny": 127 }));
    assert_eq!(weather["province"], json!({ "code": "11", "name": "서울특별시" }));
    assert_eq!(
        json!([weather["observedAt"], weather["ageSeconds"], weather["stale"]]),
        json!(["2026-01-15T15:00:00Z", 600, false])
    );
    let now = &weather["now"];
    assert_eq!(
        json!([now["origin"], now["temperature"], now["precipitation"], now["sky"], now["humidity"]]),
        json!(["OBSERVED", 3.4, "RAIN", "CLOUDY", 90.0])
    );
    assert_eq!(now["rain"], json!({ "from": 6.2, "to": 6.2 }));
    let hours = weather["hours"].as_array().unwrap();
    let times: Vec<&str> = hours.iter().map(|hour| hour["at"].as_str().unwrap()).collect();
    assert_eq!((times.len(), times[0], times[5]), (6, "2026-01-15T16:00:00Z", "2026-01-15T21:00:00Z"));
    let days: Vec<&str> =
        weather["days"].as_array().unwrap().iter().map(|day| day["day"].as_str().unwrap()).collect();
    assert_eq!(days, ["2026-01-16", "2026-01-17", "2026-01-18"]);
    assert_eq!(weather["days"][1]["precipitation"], "RAIN");
    assert_eq!(json!([weather["advice"]["source"], weather["advice"]["remark"]]), json!(["rule", null]));
    assert!(weather["advice"]["text"].as_str().unwrap().contains("우산"), "{weather:#}");
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edition_is_fetched_once_and_the_next_one_when_it_appears() {
    let maru = setup().start().await;
    for path in [SEOUL, SEOUL, "/weather?lat=37.5670&lon=126.9790"] {
        look(&maru, "", path).await;
    }
    let [observation, ultra_short, short] = asked(&maru);
    assert_eq!((observation, ultra_short), (1, 1));
    wait(&maru, 59);
    look(&maru, "", SEOUL).await;
    // 01:09: the forecast of half past is there, the observation of one o'clock not yet.
    assert_eq!(asked(&maru), [1, 2, short]);
    wait(&maru, 1);
    assert_eq!(look(&maru, "", SEOUL).await["observedAt"], "2026-01-15T16:00:00Z");
    assert_eq!(asked(&maru), [2, 2, short]);
    look(&maru, "", BUSAN).await;
    assert_eq!(maru.kma().calls(OBSERVATION), 3, "another cell has its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_forecast_is_as_old_as_the_edition_that_says_it() {
    let maru = setup().start().await;
    befall(&maru, "kma/getUltraSrtNcst", FaultKind::Refusal(1), 2, 0);
    let weather = look(&maru, "", SEOUL).await;
    // It is ten past midnight; the forecast was made at half past eleven.
    assert_eq!(
        json!([weather["now"]["origin"], weather["observedAt"], weather["ageSeconds"]]),
        json!(["FORECAST", "2026-01-15T15:00:00Z", 2_400])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edition_that_is_late_is_replaced_by_the_one_before_until_it_is_there() {
    let maru = setup().start().await;
    befall(&maru, "kma/getUltraSrtNcst", FaultKind::Refusal(3), 1, 0);
    let weather = look(&maru, "", SEOUL).await;
    // As new as there is.
    assert_eq!(
        json!([weather["observedAt"], weather["stale"]]),
        json!(["2026-01-15T14:00:00Z", false]),
        "{weather:#}"
    );
    look(&maru, "", SEOUL).await;
    assert_eq!(maru.kma().calls(OBSERVATION), 2, "not asked again at once");
    wait(&maru, 2);
    assert_eq!(look(&maru, "", SEOUL).await["observedAt"], "2026-01-15T15:00:00Z");
    assert_eq!(maru.kma().calls(OBSERVATION), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edition_that_cannot_be_read_any_more_is_fetched_again() {
    let maru = setup().start().await;
    let before = look(&maru, "", SEOUL).await;
    let calls = asked(&maru);
    for product in ["OBSERVATION", "ULTRA_SHORT", "SHORT"] {
        let another = AttributeValue::S("{\"hours\":7}".to_owned());
        set(&maru, ("CELL#60,127", product), "edition", another).await;
    }
    // It is of the newest base all the same, and of this very second.
    assert_eq!(look(&maru, "", SEOUL).await, before);
    assert_eq!(asked(&maru), calls.map(|calls| 2 * calls));
    look(&maru, "", SEOUL).await;
    assert_eq!(asked(&maru), calls.map(|calls| 2 * calls));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_any_more_of_a_cell_leaves_what_can() {
    let maru = setup().start().await;
    look(&maru, "", SEOUL).await;
    set(&maru, ("CELL#60,127", "OBSERVATION"), "edition", AttributeValue::S("x".to_owned())).await;
    maru.kma().down();
    let weather = look(&maru, "", SEOUL).await;
    assert_eq!(json!([weather["now"]["origin"], weather["stale"]]), json!(["FORECAST", true]));
}

/// What is told of the days at a first look at a time of 2026-01-16 in Korea.
async fn days_at(now: &str) -> (Vec<String>, [bool; 2]) {
    let maru = setup().now(now).start().await;
    maru.kma().weather(Hour::clear(-7.0));
    let weather = look(&maru, "", SEOUL).await;
    let days = weather["days"].as_array().unwrap();
    let names = days.iter().map(|day| day["day"].as_str().unwrap().to_owned()).collect();
    (names, ["lowest", "highest"].map(|name| days[0][name].is_number()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_look_late_in_the_day_begins_with_today_and_says_only_what_is_known_of_it() {
    let days = ["2026-01-16", "2026-01-17", "2026-01-18"].map(str::to_owned).to_vec();
    for (now, known) in [
        ("2026-01-16T12:10:00+09:00", [false, true]),
        ("2026-01-16T17:10:00+09:00", [false, false]),
        ("2026-01-16T23:30:00+09:00", [false, false]),
    ] {
        assert_eq!(days_at(now).await, (days.clone(), known), "{now}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_is_none_or_outside_of_the_grid_is_refused_before_anybody_is_asked() {
    let maru = setup().start().await;
    for place in ["lat=35.68&lon=139.76", "lat=0&lon=0", "lat=90&lon=126", "lat=NaN&lon=126"] {
        let answer = maru.get(&format!("/weather?{place}"), "").await;
        assert!([400, 422].contains(&answer.status), "{place}: {answer:?}");
    }
    maru.get("/weather?lat=35.68&lon=139.76", "").await.expect_problem(422, "outside_grid");
    for query in
        ["", "?lat=37.5", "?lat=91&lon=126", "?lat=37.5&lon=181", "?lat=x&lon=126", "?lat=37&lon=127&x=1"]
    {
        let answer = maru.get(&format!("/weather{query}"), "").await;
        assert_eq!(answer.status, 400, "{query}: {answer:?}");
    }
    assert_eq!(asked(&maru), [0, 0, 0]);
}

#[tokio::test]
async fn refuses_whoever_believes_to_be_signed_in_and_is_not() {
    let maru = setup().start().await;
    maru.get(SEOUL, "not.a.token").await.expect_problem(401, "unauthenticated");
}
