//! Looking at the weather.

pub mod advice;
mod crowd;
mod refusals;
mod sights;

use maru_stack::faults::FaultKind;
use maru_testing::kma::{Falling, Hour};
use serde_json::json;

use crate::{BUSAN, OBSERVATION, SEOUL, asked, befall, look, setup, wait};

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
