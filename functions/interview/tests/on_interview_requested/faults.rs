//! A section that fails or hangs leaves the others alone.

use std::time::Duration;

use maru_stack::Model;
use maru_stack::bedrock::{FaultKind, Pace};
use maru_stack::faults::{Fault, FaultKind as DatabaseFault, FaultTarget};
use maru_testing::Maru;
use serde_json::{Value, json};

use crate::{BATCH, ENGLISH, OWNER, SHOP, about, ended, log_of, questions, seen, setup};

/// How many questions each section of a job's result has, and what it failed with.
fn sections(job: &Value) -> Value {
    let of =
        |section: &Value| json!([section["questions"].as_array().unwrap().len(), section["error"]["code"]]);
    job["result"]["sections"].as_array().unwrap_or_else(|| panic!("{job:#}")).iter().map(of).collect()
}

async fn with_fault(kind: FaultKind, times: u32, purpose: &str) -> (Maru, Value) {
    let pace = Pace { answer: Duration::ZERO, hang_at_most: Duration::from_secs(60) };
    let maru = setup().model(Model::Paced(pace)).parameter("InterviewSectionSeconds", "2").start().await;
    maru.stack.parts().bedrock.push_fault_for(kind, times, purpose);
    let job = ended(&maru, OWNER, &about(&[SHOP, BATCH, ENGLISH])).await;
    (maru, job)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_section_that_fails_leaves_two_whole_ones_and_says_why() {
    for (kind, times, code) in [
        (FaultKind::Throttle, 1, "model_throttled"),
        (FaultKind::Error, 1, "model_unavailable"),
        (FaultKind::StreamError, 1, "model_unavailable"),
        (FaultKind::LostAnswer, 1, "model_unavailable"),
    ] {
        let (maru, job) = with_fault(kind, times, "section_2").await;
        assert_eq!(job["status"], "partly_succeeded", "{kind:?}: {job:#}");
        let failed = sections(&job)[1].clone();
        assert_eq!(json!([sections(&job)[0], sections(&job)[2]]), json!([[3, null], [3, null]]), "{kind:?}");
        // What was whole before the model broke off is shown all the same.
        assert!(failed[0].as_u64().unwrap() < 3 && failed[1] == code, "{kind:?}: {failed}");
        let log = log_of(&maru, &job).await;
        let error = log.iter().find(|event| event.kind == "error").unwrap();
        assert_eq!(json!([error.data["section"], error.data["code"]]), json!([1, code]));
        assert_eq!(log.last().unwrap().kind, "done");
        // What the user has seen is what is kept.
        let interview = seen(&maru, job["result"]["interviewId"].as_str().unwrap()).await.expect(200);
        assert_eq!(questions(&interview).len(), questions(&job["result"]).len());
        assert_eq!(interview["sections"][1]["error"]["code"], code);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_section_that_hangs_is_ended_in_time_and_the_others_are_whole() {
    let begun = std::time::Instant::now();
    let (_maru, job) = with_fault(FaultKind::Timeout, 9, "section_3").await;
    assert_eq!(sections(&job), json!([[3, null], [3, null], [0, "model_timed_out"]]));
    assert_eq!(job["status"], "partly_succeeded");
    // It would hang for a minute.
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_section_that_is_slow_keeps_what_was_whole_in_time() {
    let pace = Pace { answer: Duration::from_secs(6), hang_at_most: Duration::from_secs(60) };
    let maru = setup().model(Model::Paced(pace)).parameter("InterviewSectionSeconds", "2").start().await;
    let job = ended(&maru, OWNER, &about(&[SHOP])).await;
    let section = sections(&job)[0].clone();
    assert_eq!(json!([job["status"], section[1]]), json!(["partly_succeeded", "model_timed_out"]));
    assert!((1..3).contains(&section[0].as_u64().unwrap()), "{job:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn when_all_sections_fail_the_job_does_and_nothing_is_kept() {
    let (maru, job) = with_fault(FaultKind::Throttle, 99, "").await;
    assert_eq!(json!([job["status"], job["error"]["code"]]), json!(["failed", "model_throttled"]), "{job:#}");
    let list = maru.get("/interviews", &crate::token(&maru, OWNER)).await.expect(200);
    assert_eq!(list["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_answers_outside_the_form_is_asked_once_more() {
    let (_maru, job) = with_fault(FaultKind::Garbage, 1, "section_1").await;
    assert_eq!(job["status"], "succeeded", "{job:#}");
    assert_eq!(job["usage"]["calls"], 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_section_has_its_time_for_all_its_calls_together() {
    // The first answer is outside the form and comes after 3 s; the second one would be whole after 6.
    let pace = Pace { answer: Duration::from_secs(3), hang_at_most: Duration::from_secs(60) };
    let maru = setup().model(Model::Paced(pace)).parameter("InterviewSectionSeconds", "4").start().await;
    maru.stack.parts().bedrock.push_fault_for(FaultKind::Garbage, 1, "section_1");
    let job = ended(&maru, OWNER, &about(&[SHOP, BATCH])).await;
    assert_eq!(sections(&job)[0][1], "model_timed_out", "{job:#}");
    assert_eq!(sections(&job)[1], json!([3, null]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_that_fails_or_hangs_keeps_no_question_back() {
    for (kind, times) in [(DatabaseFault::Error, 3), (DatabaseFault::Timeout, 1)] {
        let maru = setup().start().await;
        // The first query of all asks for what the member was asked before; as often as the client tries.
        let fault = Fault::new(FaultTarget::Database, kind, times).of_operation("Query");
        maru.stack.parts().faults.push(fault);
        let job = ended(&maru, OWNER, &about(&[SHOP])).await;
        assert_eq!(job["status"], "succeeded", "{kind:?}: {job:#}");
        assert!(maru.stack.parts().faults.pending().is_empty(), "{kind:?}");
    }
}
