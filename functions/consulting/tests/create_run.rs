//! `POST /admin/consulting/runs`.

use std::collections::BTreeSet;

use futures::future::join_all;
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_testing::{Answer, Export, Maru};
use reqwest::Method;
use serde_json::{Value, json};

use crate::night::setup;
use crate::{expect_only_admins, without_workers};

const PATH: &str = "/admin/consulting/runs";

async fn post(maru: &Maru, body: Value) -> Answer {
    maru.post(PATH, &maru.admin(), &body).await
}

async fn runs(maru: &Maru) -> Value {
    maru.get(PATH, &maru.admin()).await.expect(200)["items"].clone()
}

#[tokio::test]
async fn without_a_day_it_is_the_day_that_has_just_ended() {
    let maru = without_workers().frozen().start().await;
    let run = post(&maru, json!({})).await.expect(202);
    let expected = json!({
        "id": run["id"],
        "day": "2026-01-15",
        "state": "queued",
        "requestedBy": "usr_admin",
        "datasets": {},
        "shards": { "done": 0, "total": 0 },
        "digest": null,
        "error": null,
        "createdAt": "2026-01-15T15:10:00Z",
        "updatedAt": "2026-01-15T15:10:00Z",
    });
    assert_eq!(run, expected);
    let without_a_body = maru.request(Method::POST, PATH, &maru.admin()).send().await.unwrap();
    assert_eq!(Answer::read(without_a_body).await.expect(202)["id"], run["id"]);
}

#[tokio::test]
async fn a_day_has_one_run_however_many_ask_and_once_it_is_done_nothing_changes() {
    let maru = setup().frozen().start().await;
    let answers = join_all((0..10).map(|_| post(&maru, json!({ "day": "2026-01-15" })))).await;
    let ids: BTreeSet<String> = answers.into_iter().map(|answer| answer.json["id"].to_string()).collect();
    assert_eq!(ids.len(), 1, "{ids:?}");
    maru.settle().await;
    let published = runs(&maru).await;
    assert_eq!(published[0]["state"], "published");
    maru.stack.clock().advance(std::time::Duration::from_secs(60));
    assert_eq!(post(&maru, json!({ "day": "2026-01-15" })).await.expect(200), published[0]);
    maru.settle().await;
    assert_eq!(runs(&maru).await, published);
}

#[tokio::test]
async fn a_run_for_a_past_day_never_hides_a_later_one() {
    let maru = setup().frozen().start().await;
    maru.night().await;
    let lecturer = maru.lecturer("lecturer-a");
    let seen = maru.get("/consulting/dashboard", &lecturer).await.expect(200);
    let past = post(&maru, json!({ "day": "2026-01-10" })).await.expect(202);
    maru.settle().await;
    let path = format!("{PATH}/{}", past["id"].as_str().unwrap());
    assert_eq!(maru.get(&path, &maru.admin()).await.expect(200)["state"], "superseded");
    assert_eq!(maru.get("/consulting/dashboard", &lecturer).await.expect(200), seen);
}

#[tokio::test]
async fn an_idempotency_key_gives_the_first_answer_again() {
    let maru = without_workers().start().await;
    let ask = |day: &'static str| {
        let request = maru.request(Method::POST, PATH, &maru.admin()).header("idempotency-key", "k");
        async move { Answer::read(request.json(&json!({ "day": day })).send().await.unwrap()).await }
    };
    let first = ask("2026-01-15").await;
    let again = ask("2026-01-15").await;
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert_eq!(again.expect(202), first.expect(202));
    ask("2026-01-14").await.expect_problem(422, "idempotency_mismatch");
}

#[tokio::test]
async fn refuses_days_that_are_not_over_or_none() {
    let maru = without_workers().start().await;
    for day in ["2026-01-16", "2026-01-17", "9999-12-31"] {
        let refusal = post(&maru, json!({ "day": day })).await;
        assert_eq!(refusal.json["errors"][0]["pointer"], "/day");
        refusal.expect_problem(400, "day_not_over");
    }
    for wrong in
        [json!({ "day": "2026-02-30" }), json!({ "day": 20_260_115 }), json!({ "days": "2026-01-15" })]
    {
        post(&maru, wrong).await.expect_problem(400, "invalid_body");
    }
    assert_eq!(runs(&maru).await, json!([]));
}

#[tokio::test]
async fn refuses_whoever_is_no_admin() {
    let maru = without_workers().start().await;
    expect_only_admins(&maru, Method::POST, PATH).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_was_not_answered_has_one_run_even_when_that_failed() {
    let maru = setup().frozen().start().await;
    let ask = async || {
        let request = maru.request(Method::POST, PATH, &maru.admin()).header("idempotency-key", "k");
        Answer::read(request.json(&json!({})).send().await.unwrap()).await
    };
    let faults = &maru.stack.parts().faults;
    let lost = Fault::new(FaultTarget::Database, FaultKind::LostAnswer, 20);
    faults.push(lost.of_operation("TransactWriteItems"));
    ask().await.expect_problem(503, "unavailable");
    faults.clear();
    // Another admin pushes the run on, and it fails.
    std::fs::remove_file(maru.data().join("reviews.ndjson")).unwrap();
    let id = post(&maru, json!({})).await.expect(202)["id"].clone();
    maru.settle().await;
    for _ in 0..2 {
        let run = ask().await.expect(200);
        assert_eq!((&run["id"], &run["state"]), (&id, &json!("failed")));
    }
    maru.settle().await;
    assert_eq!(runs(&maru).await.as_array().unwrap().len(), 1);
    // Nor does it stand in the way once a later one has taken the day.
    Export::small().write(maru.data());
    assert_ne!(post(&maru, json!({})).await.expect(202)["id"], id);
}
