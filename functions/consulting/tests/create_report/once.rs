//! One report for all who ask on a day, and one set of model calls.

use std::collections::BTreeSet;
use std::time::Duration;

use futures::future::join_all;
use maru_stack::crash::{CrashPlan, Moment};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_testing::Answer;
use serde_json::json;

use super::{answer, model_calls, published, report, request};

/// So long after a worker died its message comes again: the queue's visibility time.
const HIDDEN: Duration = Duration::from_secs(1_800);

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_who_ask_at_once_get_one_job_and_one_set_of_model_calls() {
    let maru = published().await;
    // The first worker dies before it does anything, so that nobody is too late to share the job.
    let (function, moment) = ("on_report_requested".to_owned(), Moment::Before);
    maru.stack.parts().crashes.arm(CrashPlan { function, at_call: 1, operation: None, moment });
    let answers = join_all((0..200).map(|_| answer(request(&maru, "lecturer-a")))).await;
    let jobs: BTreeSet<String> = answers.into_iter().map(|answer| answer.expect(202).to_string()).collect();
    assert_eq!(jobs.len(), 1, "{jobs:#?}");
    maru.settle().await;
    assert!(maru.stack.parts().crashes.hit());
    assert_eq!(model_calls(&maru), 0);

    maru.stack.clock().advance(HIDDEN);
    maru.settle().await;
    assert_eq!(model_calls(&maru), 3);
    let report = answer(request(&maru, "lecturer-a")).await.expect(200);
    assert!(jobs.first().unwrap().contains(report["id"].as_str().unwrap()));
    maru.settle().await;
    assert_eq!(model_calls(&maru), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_while_it_is_written_gets_the_job_or_already_its_report() {
    let maru = published().await;
    let answers: Vec<Answer> = join_all((0..20).map(|_| answer(request(&maru, "lecturer-a")))).await;
    maru.settle().await;
    let named = answers.into_iter().map(|answer| match answer.status {
        200 => format!("/consulting/reports/{}", answer.json["id"].as_str().unwrap()),
        _ => answer.expect(202)["job"]["resultUrl"].as_str().unwrap().to_owned(),
    });
    assert_eq!(named.collect::<BTreeSet<_>>().len(), 1);
    assert_eq!(model_calls(&maru), 3);
}

#[tokio::test]
async fn a_job_whose_message_cannot_be_sent_is_accepted_and_done_when_it_is_due() {
    let maru = published().await;
    let (operation, kind) = (Some("SendMessage".to_owned()), FaultKind::Error);
    let fault = Fault { target: FaultTarget::Queue, operation, kind, times: 100, delay_millis: 0 };
    maru.stack.parts().faults.push(fault);
    let job = answer(request(&maru, "lecturer-a")).await.expect(202)["job"].clone();
    maru.settle().await;
    assert_eq!(model_calls(&maru), 0);

    maru.stack.parts().faults.clear();
    maru.stack.clock().advance(HIDDEN);
    maru.stack.run_scheduled("cron_requeue_jobs").await.unwrap();
    assert_eq!(model_calls(&maru), 3);
    let report = answer(request(&maru, "lecturer-a")).await.expect(200);
    assert!(job["resultUrl"].as_str().unwrap().ends_with(report["id"].as_str().unwrap()));
}

#[tokio::test]
async fn each_lecturer_and_each_day_has_a_report_of_its_own() {
    let maru = published().await;
    let first = report(&maru, "lecturer-a").await;
    let other = report(&maru, "lecturer-b").await;
    maru.stack.clock().advance(Duration::from_secs(24 * 60 * 60));
    let next = report(&maru, "lecturer-a").await;
    assert_eq!(json!([first["day"], next["day"]]), json!(["2026-01-16", "2026-01-17"]));
    let ids = [&first, &other, &next].map(|report| report["id"].to_string());
    assert_eq!(BTreeSet::from(ids).len(), 3);
    assert_eq!(model_calls(&maru), 6);
}

#[tokio::test]
async fn an_idempotency_key_gives_the_first_answer_again() {
    let maru = published().await;
    let ask = || answer(request(&maru, "lecturer-a").header("idempotency-key", "9f2c").json(&json!({})));
    let first = ask().await;
    assert!(!first.headers.contains_key("idempotency-replayed"));
    maru.settle().await;
    let again = ask().await;
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert_eq!(again.expect(202), first.expect(202));
    // The same key of another lecturer is another key.
    let other = answer(request(&maru, "lecturer-b").header("idempotency-key", "9f2c").json(&json!({}))).await;
    assert!(!other.headers.contains_key("idempotency-replayed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_was_not_answered_has_one_job_even_when_that_failed() {
    let maru = published().await;
    let ask = || answer(request(&maru, "lecturer-a").header("idempotency-key", "9f2c").json(&json!({})));
    let (faults, bedrock) = (&maru.stack.parts().faults, &maru.stack.parts().bedrock);
    let lost = Fault::new(FaultTarget::Database, FaultKind::LostAnswer, 20);
    faults.push(lost.of_operation("TransactWriteItems"));
    ask().await.expect_problem(503, "unavailable");
    faults.clear();
    bedrock.push_fault(maru_stack::bedrock::FaultKind::Error, 99);
    maru.stack.clock().advance(HIDDEN);
    maru.stack.run_scheduled("cron_requeue_jobs").await.unwrap();
    maru.settle().await;
    bedrock.clear_faults();
    let job = ask().await.expect(202)["job"].clone();
    assert_eq!(job["status"], "failed", "{job:#}");
    // Another request, even an equal one, starts afresh.
    let next = answer(request(&maru, "lecturer-a")).await.expect(202)["job"].clone();
    assert_ne!((&next["id"], &next["status"]), (&job["id"], &job["status"]));
}
