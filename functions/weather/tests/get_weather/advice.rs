//! The line of advice.

use maru_testing::kma::Hour;
use maru_testing::{Maru, Script};
use serde_json::{Value, json};

use crate::{
    BUSAN, OTHER, OWNER, SEOUL, answer, look, plain, setup, taken, wait, were_taken, without_workers,
};

/// The calls of a model for advice so far.
pub fn model_calls(maru: &Maru) -> usize {
    let calls = maru.stack.parts().bedrock.calls();
    calls.iter().filter(|call| call.purpose.starts_with("weather.advice")).count()
}

async fn advice(maru: &Maru, member: &str) -> Value {
    look(maru, member, SEOUL).await["advice"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_survey_changes_the_advice() {
    let maru = without_workers().start().await;
    maru.kma().weather(Hour::clear(6.0));
    let plain_line = advice(&maru, OWNER).await;
    let mut answers = plain();
    answers["cold"] = json!("SENSITIVE");
    answers["preferredWeather"] = json!("SUNNY");
    answer(&maru, OWNER, &answers).await.expect(200);
    let fitted = advice(&maru, OWNER).await;
    assert_eq!((&plain_line["source"], &fitted["source"]), (&json!("rule"), &json!("rule")));
    assert_ne!(plain_line["text"], fitted["text"]);
    assert!(fitted["text"].as_str().unwrap().contains("두꺼운 외투"), "{fitted:#}");
    assert_eq!(
        (&plain_line["remark"], &fitted["remark"]),
        (&json!(null), &json!("좋아하시는 맑은 날씨예요."))
    );
    answer(&maru, OTHER, &plain()).await.expect(200);
    assert_eq!(advice(&maru, OTHER).await["text"], plain_line["text"], "the class of most people");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_of_a_class_gets_the_rules_line_and_the_others_the_models_that_was_asked_once() {
    let script = Script::of(&[json!({ "line": "바람이 차니 목도리를 챙기세요." })]);
    let maru = setup().model(script.model().await).start().await;
    let requests = (0..20).map(|number| {
        let maru = &maru;
        async move { advice(maru, &format!("usr_{number}")).await }
    });
    let first = futures::future::join_all(requests).await;
    assert!(first.iter().any(|advice| advice["source"] == "rule"), "{first:#?}");
    maru.settle().await;
    assert_eq!(script.asked().len(), 1);
    let second = advice(&maru, OWNER).await;
    assert_eq!(json!([second["source"], second["text"]]), json!(["model", "바람이 차니 목도리를 챙기세요."]));
    assert!(second["model"].is_string(), "{second:#}");
    // A guest sees it, too; people of another class and those of the next hour get another.
    assert_eq!(advice(&maru, "").await["source"], "model");
    let mut answers = plain();
    answers["heat"] = json!("SENSITIVE");
    answer(&maru, OTHER, &answers).await.expect(200);
    assert_eq!(advice(&maru, OTHER).await["source"], "rule");
    maru.settle().await;
    wait(&maru, 60);
    assert_eq!(advice(&maru, OWNER).await["source"], "rule");
    maru.settle().await;
    assert_eq!(script.asked().len(), 3);
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_starts_so_many_jobs_a_day_and_has_the_rules_line_beyond_them() {
    let maru = setup().start().await;
    were_taken(&maru, ("weather-advice", OWNER), 59).await;
    advice(&maru, OWNER).await;
    maru.settle().await;
    assert_eq!(advice(&maru, OWNER).await["source"], "model");
    assert_eq!(look(&maru, OWNER, BUSAN).await["advice"]["source"], "rule");
    maru.settle().await;
    assert_eq!((model_calls(&maru), taken(&maru, ("weather-advice", OWNER)).await), (1, 60));
    // Another's are their own, and what is being written is nobody's a second time.
    for _ in 0..3 {
        look(&maru, OTHER, BUSAN).await;
    }
    maru.settle().await;
    assert_eq!((model_calls(&maru), taken(&maru, ("weather-advice", OTHER)).await), (2, 1));
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_are_not_paid_from_what_guests_have() {
    let maru = setup().parameter("ModelGuestsDailyTokens", "16").start().await;
    advice(&maru, OWNER).await;
    maru.settle().await;
    assert_eq!(advice(&maru, OWNER).await["source"], "model");
    let maru = setup().parameter("ModelAdviceDailyTokens", "16").start().await;
    advice(&maru, OWNER).await;
    maru.settle().await;
    assert_eq!((&advice(&maru, OWNER).await["source"], model_calls(&maru)), (&json!("rule"), 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn for_a_guest_and_for_old_weather_no_model_is_asked() {
    let maru = setup().start().await;
    assert_eq!(advice(&maru, "").await["source"], "rule");
    maru.settle().await;
    assert_eq!(model_calls(&maru), 0);
    maru.kma().down();
    wait(&maru, 120);
    let weather = look(&maru, OWNER, SEOUL).await;
    assert_eq!((&weather["stale"], &weather["advice"]["source"]), (&json!(true), &json!("rule")));
    maru.settle().await;
    assert_eq!(model_calls(&maru), 0);
}
