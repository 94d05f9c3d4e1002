//! Asking for resumes: what can be asked for, and once for equal requests.

use std::collections::BTreeSet;
use std::time::Duration;

use futures::future::join_all;
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_testing::{Answer, Maru};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{OTHER, OWNER, ask, expect_only_members, happens, table, token, without_workers};

/// A stack without workers, with the owner's list of repositories.
async fn listed() -> Maru {
    let maru = without_workers().start().await;
    table::put_listing(
        &maru,
        OWNER,
        &["Maru-Hall/Pay", "maru-hall/ledger", "maru-hall/web", "maru-hall/infra"],
    )
    .await;
    maru
}

fn wanted(repositories: &[&str]) -> Value {
    json!({ "repositories": repositories, "position": "BACKEND", "template": "star", "language": "ko" })
}

async fn post(maru: &Maru, body: &Value) -> Answer {
    ask(maru, OWNER, Method::POST, "/resumes", body).await
}

async fn used(maru: &Maru) -> Value {
    maru.get("/credits", &token(maru, OWNER)).await.expect(200)["used"].clone()
}

#[tokio::test]
async fn a_resume_is_a_job_that_can_be_watched() {
    let maru = listed().await;
    let job = post(&maru, &wanted(&["maru-hall/pay", "maru-hall/web"])).await.expect(202)["job"].clone();
    assert_eq!(json!([job["kind"], job["status"]]), json!(["resume.generate", "queued"]));
    assert!(job["resultUrl"].as_str().unwrap().starts_with("/resumes/res_"), "{job}");
    assert!(job["streamUrl"].as_str().unwrap().contains("/events?token="), "{job}");
    assert_eq!(used(&maru).await, 1);
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_equal_requests_at_once_are_one_job_and_one_credit() {
    let maru = listed().await;
    // The spelling of a name makes no other request of it.
    let bodies = [wanted(&["maru-hall/pay"]), wanted(&["MARU-hall/PAY"])];
    let answers = join_all((0..10).map(|number| post(&maru, &bodies[number % 2]))).await;
    let jobs: BTreeSet<String> = answers.into_iter().map(|answer| answer.expect(202).to_string()).collect();
    assert_eq!(jobs.len(), 1, "{jobs:#?}");
    assert_eq!(used(&maru).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_different_requests_at_once_on_free_are_three_jobs() {
    let maru = listed().await;
    let body = |number: usize| {
        let mut body = wanted(&["maru-hall/pay"]);
        body["requirements"] = json!(format!("{number}번째 바람"));
        body
    };
    let bodies: Vec<Value> = (0..50).map(body).collect();
    let answers = join_all(bodies.iter().map(|body| post(&maru, body))).await;
    let (accepted, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 202);
    assert_eq!((accepted.len(), used(&maru).await), (3, json!(3)));
    for answer in refused {
        answer.expect_problem(429, "credits_exhausted");
    }
}

#[tokio::test]
async fn a_job_whose_message_cannot_be_sent_is_accepted_and_sent_when_it_is_due() {
    let maru = listed().await;
    let waiting =
        || maru.stack.parts().queues().into_iter().find(|queue| queue.name == "ResumeQueue").unwrap().visible;
    let (operation, kind) = (Some("SendMessage".to_owned()), FaultKind::Error);
    let fault = Fault { target: FaultTarget::Queue, operation, kind, times: 100, delay_millis: 0 };
    maru.stack.parts().faults.push(fault);
    let job = post(&maru, &wanted(&["maru-hall/pay"])).await.expect(202);
    assert_eq!((used(&maru).await, waiting()), (json!(1), 0));
    maru.stack.parts().faults.clear();
    assert_eq!(
        post(&maru, &wanted(&["maru-hall/pay"])).await.expect(202),
        job,
        "the same job, and no other use"
    );
    assert_eq!(used(&maru).await, 1);
    maru.stack.clock().advance(Duration::from_secs(60));
    maru.stack.run_scheduled("cron_requeue_jobs").await.unwrap();
    assert_eq!(waiting(), 1);
}

#[tokio::test]
async fn whoever_closed_the_account_starts_no_job_even_before_this_domain_hears_of_it() {
    let maru = listed().await;
    let left = json!({ "userId": OWNER, "deletedAt": "2026-01-15T15:10:00Z" });
    happens(&maru, "on_member_deleted_for_jobs", "member.deleted", &left).await;
    post(&maru, &wanted(&["maru-hall/pay"])).await.expect_problem(401, "unauthenticated");
    assert_eq!(used(&maru).await, 0);
}

#[tokio::test]
async fn an_idempotency_key_gives_the_first_answer_again() {
    let maru = listed().await;
    let ask = async |body: &Value| {
        let request =
            maru.request(Method::POST, "/resumes", &token(&maru, OWNER)).header("idempotency-key", "k1");
        Answer::read(request.json(body).send().await.unwrap()).await
    };
    let first = ask(&wanted(&["maru-hall/pay"])).await.expect(202);
    assert_eq!(ask(&wanted(&["maru-hall/pay"])).await.expect(202), first);
    ask(&wanted(&["maru-hall/web"])).await.expect_problem(422, "idempotency_mismatch");
    assert_eq!(used(&maru).await, 1);
}

#[tokio::test]
async fn only_repositories_of_the_callers_list_can_be_picked() {
    let maru = listed().await;
    let answer = post(&maru, &wanted(&["maru-hall/pay", "torvalds/linux"])).await;
    assert_eq!(answer.json["errors"][0]["pointer"], "/repositories/1");
    answer.expect_problem(400, "unknown_repository");
    let body = wanted(&["maru-hall/pay"]);
    let others = ask(&maru, OTHER, Method::POST, "/resumes", &body).await;
    others.expect_problem(409, "github_not_connected");
    assert_eq!(used(&maru).await, 0);
}

#[tokio::test]
async fn what_cannot_be_made_is_refused() {
    let maru = listed().await;
    let with = |field: &str, value: Value| {
        let mut body = wanted(&["a/b"]);
        body[field] = value;
        body
    };
    for body in [
        wanted(&[]),
        wanted(&["a/b", "a/c", "a/d", "a/e"]),
        wanted(&["a"]),
        wanted(&["a/../b"]),
        wanted(&["a/b", "A/B"]),
        with("template", json!("fancy")),
        with("position", json!("CHEF")),
        with("language", json!("fr")),
        with("visibility", json!("SECRET")),
        with("requirements", json!("x".repeat(1_001))),
        with("requirements", json!(" \n")),
        with("requirements", json!("짧게\u{0}")),
        with("unknown", json!(1)),
    ] {
        post(&maru, &body).await.expect_problem(400, "invalid_body");
    }
}

#[tokio::test]
async fn refuses_whoever_is_not_signed_in() {
    expect_only_members(&listed().await, Method::POST, "/resumes").await;
}

#[tokio::test]
async fn a_request_that_was_not_answered_is_answered_with_its_job_whatever_changed_since() {
    let maru = listed().await;
    let ask = async || {
        let request = maru.request(Method::POST, "/resumes", &token(&maru, OWNER));
        let request = request.header("idempotency-key", "k1").json(&wanted(&["maru-hall/pay"]));
        Answer::read(request.send().await.unwrap()).await
    };
    let lost = Fault::new(FaultTarget::Database, FaultKind::LostAnswer, 20);
    maru.stack.parts().faults.push(lost.of_operation("TransactWriteItems"));
    ask().await.expect_problem(503, "unavailable");
    maru.stack.parts().faults.clear();
    table::put_listing(&maru, OWNER, &["maru-hall/other"]).await;
    let job = ask().await.expect(202)["job"].clone();
    assert_eq!((&job["status"], used(&maru).await), (&json!("queued"), json!(1)));
    // The answer names the resume that the worker will write.
    let shown = maru.get(&format!("/jobs/{}", job["id"].as_str().unwrap()), &token(&maru, OWNER)).await;
    assert_eq!(shown.expect(200)["id"], job["id"]);
    let queues = maru.stack.parts().queues();
    assert_eq!(queues.iter().find(|queue| queue.name == "ResumeQueue").unwrap().visible, 1);
}
