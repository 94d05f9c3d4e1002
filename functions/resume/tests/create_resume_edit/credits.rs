//! Credits under many clicks, failures, redelivery, death, and midnight.

use std::time::Duration;

use futures::future::join_all;
use maru_stack::bedrock::FaultKind;
use maru_stack::crash::{CrashPlan, Moment};
use maru_stack::faults::FaultKind::LostAnswer;
use maru_stack::faults::{Fault, FaultTarget};
use maru_testing::{Answer, Maru};
use reqwest::Method;
use serde_json::{Value, json};

use super::{edit, post, queueing};
use crate::on_plan_changed_for_resume::plan_changes;
use crate::{OWNER, setup, table, token, with_resume};

/// How many uses the owner has taken today.
pub async fn used(maru: &Maru) -> i64 {
    credits(maru).await["used"].as_i64().unwrap()
}

async fn credits(maru: &Maru) -> Value {
    maru.get("/credits", &token(maru, OWNER)).await.expect(200)
}

/// Lets everything that was lost be found again: past leases and visibility.
async fn look_after(maru: &Maru) {
    maru.stack.clock().advance(Duration::from_secs(1_900));
    maru.stack.run_scheduled("cron_requeue_jobs").await.unwrap();
    maru.settle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_different_requests_at_once_on_free_are_three_jobs_and_never_below_zero() {
    let maru = queueing().await;
    let wishes: Vec<Value> = (0..50).map(|number| edit(&format!("{number}번째 바람"))).collect();
    let answers = join_all(wishes.iter().map(|body| post(&maru, body))).await;
    let (accepted, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 202);
    assert_eq!((accepted.len(), used(&maru).await), (3, 3));
    for answer in refused {
        answer.expect_problem(429, "credits_exhausted");
    }
}

#[tokio::test]
async fn who_has_none_left_is_told_when_to_come_again() {
    // 00:10 in Seoul: the day has 23 hours and 50 minutes left.
    let maru = queueing().await;
    for wish in ["하나", "둘", "셋"] {
        post(&maru, &edit(wish)).await.expect(202);
    }
    let refused = post(&maru, &edit("넷")).await;
    assert_eq!(refused.headers["retry-after"], "85800");
    assert_eq!(refused.headers["ratelimit"], "\"credits\";r=0;t=85800");
    let detail = refused.json["detail"].as_str().unwrap();
    assert!(detail.contains("limit: 3") && detail.contains("resetsAt: 2026-01-16T15:00:00Z"), "{detail}");
    refused.expect_problem(429, "credits_exhausted");
}

#[tokio::test]
async fn the_day_turns_at_midnight_in_seoul() {
    let maru = queueing().await;
    for wish in ["하나", "둘", "셋"] {
        post(&maru, &edit(wish)).await.expect(202);
    }
    maru.stack.clock().advance(Duration::from_secs(85_799));
    post(&maru, &edit("넷")).await.expect_problem(429, "credits_exhausted");
    maru.stack.clock().advance(Duration::from_secs(1));
    assert_eq!(credits(&maru).await, json!({ "limit": 3, "used": 0, "resetsAt": "2026-01-17T15:00:00Z" }));
    post(&maru, &edit("넷")).await.expect(202);
}

#[tokio::test]
async fn pro_has_no_limit_until_it_ends() {
    let maru = queueing().await;
    let end = maru.stack.clock().now() + Duration::from_secs(60);
    plan_changes(&maru, &json!({ "plan": "PRO", "until": end, "revision": 1 })).await;
    for number in 0..5 {
        post(&maru, &edit(&format!("{number}"))).await.expect(202);
    }
    maru.stack.clock().advance(Duration::from_secs(60));
    post(&maru, &edit("끝난 뒤")).await.expect_problem(429, "credits_exhausted");
    assert_eq!(used(&maru).await, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_job_gives_its_credit_back_once() {
    let maru = with_resume().await;
    maru.stack.parts().bedrock.push_fault(FaultKind::Error, 99);
    let job = post(&maru, &edit("더 짧게")).await.expect(202)["job"]["id"].as_str().unwrap().to_owned();
    maru.settle().await;
    let failed = maru.get(&format!("/jobs/{job}"), &token(&maru, OWNER)).await.expect(200);
    assert_eq!((&failed["status"], used(&maru).await), (&json!("failed"), 0));

    // The message comes again, and again: nothing more is given.
    for _ in 0..3 {
        redeliver(&maru, &job).await;
    }
    assert_eq!(used(&maru).await, 0);
    // The same request begins anew.
    maru.stack.parts().bedrock.clear_faults();
    let again = post(&maru, &edit("더 짧게")).await.expect(202)["job"]["id"].clone();
    assert_ne!(again, json!(job));
    maru.settle().await;
    assert_eq!(used(&maru).await, 1);
}

/// Delivers the message of a job once more.
async fn redeliver(maru: &Maru, job: &str) {
    let body = json!({
        "id": job, "type": "jobs.job_requested", "version": 1, "occurredAt": "2026-01-15T15:10:00Z",
        "data": { "jobId": job },
    });
    let record = json!({ "messageId": "m", "body": body.to_string(), "attributes": { "ApproximateReceiveCount": "2" } });
    if let Err(error) = maru.stack.invoke("on_edit_requested", json!({ "Records": [record] })).await {
        panic!("the worker fails: {error:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_dies_at_any_call_of_a_failing_job_gives_its_credit_back_once() {
    for moment in [Moment::Before, Moment::After] {
        let mut crashes = 0;
        for at_call in 1.. {
            let maru = with_resume().await;
            maru.stack.parts().bedrock.push_fault(FaultKind::Error, 99);
            let plan =
                CrashPlan { function: "on_edit_requested".to_owned(), at_call, operation: None, moment };
            maru.stack.parts().crashes.arm(plan);
            let job =
                post(&maru, &edit("더 짧게")).await.expect(202)["job"]["id"].as_str().unwrap().to_owned();
            maru.settle().await;
            if !maru.stack.parts().crashes.hit() {
                break;
            }
            crashes += 1;
            look_after(&maru).await;
            let ended = maru.get(&format!("/jobs/{job}"), &token(&maru, OWNER)).await.expect(200);
            let case = format!("call {at_call}, {moment:?}");
            assert_eq!((&ended["status"], used(&maru).await), (&json!("failed"), 0), "{case}");
        }
        assert!(crashes > 5, "the worker makes many calls: {crashes}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_kills_every_worker_is_given_up_and_gives_its_credit_back() {
    let maru = with_resume().await;
    let job = post(&maru, &edit("더 짧게")).await.expect(202)["job"]["id"].as_str().unwrap().to_owned();
    let mut ended = Value::Null;
    for _ in 0..10 {
        // Each worker dies when it asks the model, which whoever gives the job up does not.
        let (function, operation) = ("on_edit_requested".to_owned(), Some("ConverseStream".to_owned()));
        let moment = Moment::Before;
        maru.stack.parts().crashes.arm(CrashPlan { function, at_call: 1, operation, moment });
        look_after(&maru).await;
        ended = maru.get(&format!("/jobs/{job}"), &token(&maru, OWNER)).await.expect(200);
        if ended["status"] == "failed" {
            break;
        }
    }
    assert_eq!(ended["error"]["code"], "attempts_exhausted", "{ended:#}");
    assert_eq!(used(&maru).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credit_goes_back_to_the_day_that_it_was_taken_from() {
    // One minute before midnight.
    let maru = setup().now("2026-01-16T14:59:00Z").start().await;
    table::put_resume(&maru, OWNER, crate::RESUME, &crate::document()).await;
    maru.stack.parts().bedrock.push_fault(FaultKind::Error, 99);
    let function = "on_edit_requested".to_owned();
    let moment = Moment::Before;
    maru.stack.parts().crashes.arm(CrashPlan { function, at_call: 1, operation: None, moment });
    post(&maru, &edit("더 짧게")).await.expect(202);
    maru.settle().await;
    assert_eq!(used(&maru).await, 1);
    look_after(&maru).await;
    // The new day has not lost what it never gave.
    assert_eq!(used(&maru).await, 0);
    let days = table::credit_items(&maru, &format!("CREDITS#{OWNER}")).await;
    let used: Vec<Value> = days.iter().map(|day| json!([day["sk"], day["used"]])).collect();
    assert_eq!(json!(used), json!([["DAY#2026-01-16", 0]]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_was_not_answered_has_one_job_and_takes_one_credit_even_when_it_is_done() {
    let maru = with_resume().await;
    let ask = async || {
        let request = maru.request(Method::POST, super::PATH, &token(&maru, OWNER));
        let request = request.header("idempotency-key", "k1").json(&edit("더 짧게"));
        Answer::read(request.send().await.unwrap()).await
    };
    let lost = Fault::new(FaultTarget::Database, LostAnswer, 20).of_operation("TransactWriteItems");
    maru.stack.parts().faults.push(lost);
    ask().await.expect_problem(503, "unavailable");
    maru.stack.parts().faults.clear();
    look_after(&maru).await;
    let job = ask().await.expect(202)["job"].clone();
    assert_eq!((&job["status"], used(&maru).await), (&json!("succeeded"), 1), "{job}");
    maru.get(job["resultUrl"].as_str().unwrap(), &token(&maru, OWNER)).await.expect(200);
    assert_eq!(ask().await.expect(202)["job"]["id"], job["id"]);
}
