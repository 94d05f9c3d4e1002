//! Reducing: a message that comes again, and data that cannot be reduced.

use maru_testing::Export;
use serde_json::{Value, json};

use crate::night::setup;

#[tokio::test(flavor = "multi_thread")]
async fn a_shard_that_comes_again_changes_nothing() {
    let maru = setup().start().await;
    let run = maru.night().await;
    let message = json!({
        "id": "evt_1", "type": "consulting.shard_planned", "version": 1, "occurredAt": "2026-01-15T15:11:00Z",
        "data": { "runId": run["id"], "shard": 0 },
    });
    let record = json!({ "messageId": "m1", "body": message.to_string(), "attributes": {} });
    let answer = maru.stack.invoke("on_shard_planned", json!({ "Records": [record] })).await.unwrap();
    let maru_lambda::Answer::Value(answer) = answer else { panic!("a queue function answers a value") };
    assert_eq!(answer, json!({ "batchItemFailures": [] }));
    assert_eq!(maru.newest_run().await, run);
}

#[tokio::test(flavor = "multi_thread")]
async fn revenue_beyond_what_an_amount_holds_fails_the_run() {
    let export = Export::default()
        .lecture("l1", "lecturer-a")
        .enrollment("l1", "s1", i64::MAX, "ENROLLED", "2026-01-10T00:00:00Z")
        .enrollment("l1", "s2", 1, "ENROLLED", "2026-01-10T00:00:00Z");
    let maru = setup().export(export).start().await;
    let run: Value = maru.night().await;
    assert_eq!(
        (&run["state"], &run["error"]["code"]),
        (&json!("failed"), &json!("aggregation_failed")),
        "{run:#}"
    );
    let dashboard = maru.get("/consulting/dashboard", &maru.lecturer("lecturer-a")).await;
    dashboard.expect_problem(404, "nothing_published");
}
