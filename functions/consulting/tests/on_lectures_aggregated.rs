//! Publishing: one pointer, and the newest day wins.

use maru_lambda::Answer;
use serde_json::{Value, json};

use crate::night::setup;

fn event(kind: &str, run: &Value) -> Value {
    json!({
        "version": "0", "id": "1", "source": "maru.consulting", "detail-type": kind, "detail": {
            "id": "evt_1", "type": kind, "version": 1, "occurredAt": "2026-01-15T15:11:00Z",
            "data": { "runId": run["id"] },
        },
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_comes_again_changes_nothing() {
    let maru = setup().start().await;
    let run = maru.night().await;
    let seen = maru.get("/consulting/dashboard", &maru.lecturer("lecturer-a")).await.expect(200);
    for (function, kind) in [
        ("on_lectures_ingested", "consulting.lectures_ingested"),
        ("on_lectures_aggregated", "consulting.lectures_aggregated"),
    ] {
        let answer = maru.stack.invoke(function, event(kind, &run)).await.unwrap();
        assert!(matches!(answer, Answer::Value(Value::Null)), "{function}");
    }
    maru.settle().await;
    assert_eq!(maru.newest_run().await, run);
    assert_eq!(maru.get("/consulting/dashboard", &maru.lecturer("lecturer-a")).await.expect(200), seen);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_past_day_does_not_come_before_a_later_one() {
    let maru = setup().start().await;
    maru.night().await;
    let seen = maru.get("/consulting/dashboard", &maru.lecturer("lecturer-a")).await.expect(200);
    let past =
        maru.post("/admin/consulting/runs", &maru.admin(), &json!({ "day": "2026-01-10" })).await.expect(202);
    maru.settle().await;
    let path = format!("/admin/consulting/runs/{}", past["id"].as_str().unwrap());
    let run = maru.get(&path, &maru.admin()).await.expect(200);
    assert_eq!(run["state"], "superseded");
    assert!(run["digest"].is_string());
    assert_eq!(maru.get("/consulting/dashboard", &maru.lecturer("lecturer-a")).await.expect(200), seen);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_past_day_gives_the_same_whenever_it_is_run() {
    let [first, second] = [setup().start().await, setup().now("2026-01-20T15:10:00Z").start().await];
    let mut digests = Vec::new();
    for maru in [first, second] {
        let _ = maru
            .post("/admin/consulting/runs", &maru.admin(), &json!({ "day": "2026-01-12" }))
            .await
            .expect(202);
        maru.settle().await;
        let run = maru.newest_run().await;
        assert_eq!(run["state"], "published");
        digests.push(run["digest"].clone());
    }
    assert_eq!(digests[0], digests[1]);
}
