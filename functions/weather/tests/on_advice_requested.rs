//! Having a model write a line.

use maru_stack::bedrock::FaultKind;
use maru_testing::{Maru, Script};
use serde_json::{Value, json};

use crate::get_weather::advice::model_calls;
use crate::{OTHER, OWNER, SEOUL, look, setup};

async fn advice(maru: &Maru, member: &str) -> Value {
    look(maru, member, SEOUL).await["advice"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_offline_models_line_is_kept_and_named_after_it() {
    let maru = setup().start().await;
    assert_eq!(advice(&maru, OWNER).await["source"], "rule");
    maru.settle().await;
    let written = advice(&maru, OTHER).await;
    assert_eq!((&written["source"], &written["model"]), (&json!("model"), &json!("offline-extractive")));
    assert_eq!(model_calls(&maru), 1);
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_with_a_number_of_its_own_is_not_shown_and_the_model_not_asked_again() {
    let script = Script::of(&[json!({ "line": "지금 기온은 99도예요." })]);
    let maru = setup().model(script.model().await).start().await;
    for _ in 0..3 {
        assert_eq!(advice(&maru, OWNER).await["source"], "rule");
        maru.settle().await;
    }
    assert_eq!(script.asked().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_is_away_leaves_the_rules_line() {
    let maru = setup().start().await;
    maru.stack.parts().bedrock.push_fault(FaultKind::Error, 10);
    for _ in 0..3 {
        assert_eq!(advice(&maru, OWNER).await["source"], "rule");
        maru.settle().await;
    }
    assert_eq!(model_calls(&maru), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_comes_again_asks_nobody() {
    let maru = setup().start().await;
    advice(&maru, OWNER).await;
    maru.settle().await;
    let (job, written) = (job(&maru).await, advice(&maru, OWNER).await);
    let body = json!({
        "id": job, "type": "jobs.job_requested", "version": 1, "occurredAt": "2026-01-15T15:10:00Z",
        "data": { "jobId": job },
    });
    let record = json!({ "messageId": "1", "receiptHandle": "1", "body": body.to_string(), "attributes": {},
        "messageAttributes": {}, "eventSource": "aws:sqs", "awsRegion": "ap-northeast-2" });
    maru.stack.invoke("on_advice_requested", json!({ "Records": [record] })).await.unwrap();
    assert_eq!((model_calls(&maru), advice(&maru, OWNER).await), (1, written));
}

/// The id of the only job.
async fn job(maru: &Maru) -> String {
    let tables = &maru.stack.parts().template.tables;
    let table = tables.iter().find(|table| table.logical_id == "JobsTable").unwrap();
    let client = aws_sdk_dynamodb::Client::new(&maru.stack.sdk_config());
    let items = client.scan().table_name(&table.name).send().await.unwrap().items.unwrap_or_default();
    let mut jobs = items.iter().filter_map(|item| item.get("jobId")?.as_s().ok().cloned());
    jobs.next().unwrap_or_else(|| panic!("no job among {} items", items.len()))
}
