//! The nightly firing.

use std::time::Duration;

use maru_lambda::Answer;
use maru_testing::Maru;
use serde_json::{Value, json};

use crate::without_workers;

async fn fire(maru: &Maru, planned: &str) -> Value {
    match maru.stack.invoke("cron_ingest_lectures", json!({ "scheduledTime": planned })).await.unwrap() {
        Answer::Value(report) => report,
        Answer::Stream(_) => panic!("a schedule gets no stream"),
    }
}

async fn days(maru: &Maru) -> Vec<Value> {
    let page = maru.get("/admin/consulting/runs", &maru.admin()).await.expect(200);
    page["items"].as_array().unwrap().iter().map(|run| run["day"].clone()).collect()
}

#[tokio::test]
async fn the_night_runs_the_day_that_has_just_ended_in_seoul() {
    let maru = without_workers().frozen().start().await;
    let report = fire(&maru, "2026-01-15T15:10:00Z").await;
    let run = maru.newest_run().await;
    assert_eq!(report, json!({ "runId": run["id"], "state": "queued" }));
    assert_eq!(json!([run["day"], run["requestedBy"]]), json!(["2026-01-15", "schedule"]));
    // The last second before midnight in Seoul still belongs to the day that it ends.
    fire(&maru, "2026-01-15T14:59:59Z").await;
    assert_eq!(days(&maru).await.len(), 2);
    assert!(days(&maru).await.contains(&json!("2026-01-14")));
}

#[tokio::test]
async fn a_firing_that_comes_late_or_again_is_of_the_same_run() {
    let maru = without_workers().frozen().start().await;
    let first = fire(&maru, "2026-01-15T15:10:00Z").await;
    maru.stack.clock().advance(Duration::from_secs(20 * 60 * 60));
    assert_eq!(fire(&maru, "2026-01-15T15:10:00Z").await, first);
    assert_eq!(days(&maru).await, ["2026-01-15"]);
}

#[tokio::test]
async fn refuses_a_firing_whose_day_is_not_over() {
    let maru = without_workers().frozen().start().await;
    let planned = json!({ "scheduledTime": "2026-01-17T15:10:00Z" });
    assert!(maru.stack.invoke("cron_ingest_lectures", planned).await.is_err());
    assert!(maru.stack.invoke("cron_ingest_lectures", json!({})).await.is_err());
    assert_eq!(days(&maru).await, [] as [Value; 0]);
}
