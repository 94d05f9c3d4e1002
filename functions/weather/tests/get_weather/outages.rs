//! A weather service that does not answer.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use maru_stack::faults::FaultKind;
use serde_json::json;
use tracing::field::Field;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::refusals::total;
use crate::{BUSAN, DAEJEON, GWANGJU, SEOUL, asked, befall, look, setup, wait};

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
            // What was observed for two hours; then what was forecast for this hour at half past eleven, and beyond
            // what that tells, at eleven.
            let (origin, age, at) = match hour {
                1 => ("OBSERVED", 10, 0),
                2..=5 => ("FORECAST", 40, hour),
                _ => ("FORECAST", 70, hour),
            };
            let at = format!("2026-01-15T{:02}:00:00Z", 15 + at);
            assert_eq!(
                json!([
                    weather["now"]["origin"],
                    weather["observedAt"],
                    weather["ageSeconds"],
                    weather["stale"]
                ]),
                json!([origin, at, age * 60 + hour * 3_600, true])
            );
            let expected = if hour == 1 { &before["now"] } else { &before["hours"][hour as usize - 1] };
            assert_eq!(weather["now"]["temperature"], expected["temperature"], "{hour}");
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

/// The metrics that were measured, each a line.
#[derive(Clone, Default)]
struct Measured(Arc<Mutex<Vec<String>>>);

impl Measured {
    fn count(&self, metric: &str) -> usize {
        self.0.lock().unwrap().iter().filter(|line| line.contains(metric)).count()
    }
}

impl Subscriber for Measured {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_event()
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut |field: &Field, value: &dyn Debug| {
            if field.name() == "line" {
                self.0.lock().unwrap().push(format!("{value:?}"));
            }
        });
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

// On one thread, to which the measurements belong.
#[tokio::test]
async fn an_outage_is_measured_and_a_cell_without_editions_is_one() {
    let measured = Measured::default();
    let _guard = tracing::subscriber::set_default(measured.clone());
    let maru = setup().start().await;
    maru.kma().down();
    for path in [SEOUL, BUSAN] {
        maru.get(path, "").await.expect_problem(503, "weather_unavailable");
    }
    assert_eq!(measured.count("WeatherServiceOutages"), 0, "six failures in a minute are none");
    maru.get(DAEJEON, "").await.expect_problem(503, "weather_unavailable");
    assert_eq!(measured.count("WeatherServiceOutages"), 3);
    maru.kma().up();
    wait(&maru, 1);
    befall(&maru, "kma/getUltraSrtNcst", FaultKind::Refusal(3), 2, 0);
    look(&maru, "", GWANGJU).await;
    assert_eq!(measured.count("WeatherServiceOutages"), 4);
    assert_eq!(measured.count("WeatherServiceRefusals"), 0);
}
