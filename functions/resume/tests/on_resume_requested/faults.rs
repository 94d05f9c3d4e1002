use std::time::Duration;

use maru_stack::bedrock::FaultKind as ModelFault;
use maru_stack::faults::FaultKind;
use serde_json::{Value, json};

use super::{ORDERS, SPEECH, TIDEWATCH, connected, job_of, resume, used};
use crate::github::{fail, fail_for};

/// The code that each repository of a job's result failed with; null for one that was written about.
fn codes(job: &Value) -> Value {
    let repositories = job["result"]["repositories"].as_array().unwrap();
    repositories.iter().map(|it| json!([it["fullName"], it["error"]["code"]])).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_repository_that_is_gone_leaves_the_others() {
    let maru = connected().await;
    // Deleted between the list and the job.
    crate::table::put_listing(&maru, crate::OWNER, &[ORDERS, "minseo-kim/gone", SPEECH]).await;
    let job = job_of(&maru, &[ORDERS, "minseo-kim/gone", SPEECH], &json!({})).await;
    assert_eq!(job["status"], "partly_succeeded", "{job:#}");
    let expected = json!([[ORDERS, null], [SPEECH, null], ["minseo-kim/gone", "github_not_found"]]);
    assert_eq!(codes(&job), expected);
    assert_eq!(job["progress"], json!({ "done": 7, "total": 7, "label": "소개를 썼습니다" }));
    assert_eq!(resume(&maru, &job).await["document"]["projects"].as_array().unwrap().len(), 2);
    assert_eq!(used(&maru).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_github_refuses_one_repository_is_told_and_leaves_the_other() {
    for (operation, kind, code) in [
        ("commits", FaultKind::PrimaryLimit, "github_rate_limited"),
        ("commits", FaultKind::Unauthorized, "github_unauthorized"),
    ] {
        let maru = connected().await;
        fail(&maru, &format!("github/{operation}:{TIDEWATCH}"), kind, 99);
        let job = job_of(&maru, &[ORDERS, TIDEWATCH], &json!({})).await;
        assert_eq!(job["status"], "partly_succeeded", "{kind:?}: {job:#}");
        assert_eq!(codes(&job), json!([[ORDERS, null], [TIDEWATCH, code]]), "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_that_lasts_too_long_is_told() {
    for (operation, kind) in [("pulls", FaultKind::SecondaryLimit), ("languages", FaultKind::Throttle)] {
        let maru = connected().await;
        fail(&maru, &format!("github/{operation}:{TIDEWATCH}"), kind, 99);
        let job = job_of(&maru, &[TIDEWATCH], &json!({})).await;
        assert_eq!(job["error"]["code"], "github_rate_limited", "{kind:?}: {job:#}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_that_soon_passes_is_waited_for_by_all_repositories() {
    let maru = connected().await;
    let limited = format!("github/commits:{TIDEWATCH}");
    fail_for(&maru, &limited, FaultKind::SecondaryLimit, 1, Duration::from_secs(1));
    let job = job_of(&maru, &[ORDERS, TIDEWATCH, SPEECH], &json!({})).await;
    assert_eq!(codes(&job), json!([[ORDERS, null], [TIDEWATCH, null], [SPEECH, null]]), "{job:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn github_that_fails_for_a_moment_is_asked_again() {
    let maru = connected().await;
    for (operation, kind) in [
        ("commits", FaultKind::Error),
        ("languages", FaultKind::LostAnswer),
        ("pulls", FaultKind::Half),
        ("tree", FaultKind::NotReady),
    ] {
        fail(&maru, &format!("github/{operation}:{TIDEWATCH}"), kind, 1);
    }
    let job = job_of(&maru, &[TIDEWATCH], &json!({})).await;
    assert_eq!(job["status"], "succeeded", "{job:#}");
    assert!(maru.stack.parts().faults.pending().is_empty(), "{:?}", maru.stack.parts().faults.pending());
}

#[tokio::test(flavor = "multi_thread")]
async fn github_that_is_slow_is_waited_for() {
    let maru = connected().await;
    fail_for(&maru, &format!("github/commits:{TIDEWATCH}"), FaultKind::Delay, 3, Duration::from_millis(500));
    let job = job_of(&maru, &[ORDERS, TIDEWATCH], &json!({})).await;
    assert_eq!(job["status"], "succeeded", "{job:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn when_all_repositories_fail_the_job_does_and_its_credit_comes_back() {
    let maru = connected().await;
    fail(&maru, "github/commits", FaultKind::PrimaryLimit, 99);
    let job = job_of(&maru, &[ORDERS, TIDEWATCH], &json!({})).await;
    let seen = json!([job["status"], job["error"]["code"], job["result"]]);
    assert_eq!(seen, json!(["failed", "github_rate_limited", null]));
    assert_eq!(used(&maru).await, 0);
    assert!(maru.stack.parts().bedrock.calls().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_fails_costs_no_credit_and_one_that_fails_once_only_its_project() {
    let maru = connected().await;
    maru.stack.parts().bedrock.push_fault(ModelFault::Throttle, 9);
    let failed = job_of(&maru, &[ORDERS, TIDEWATCH], &json!({})).await;
    assert_eq!(json!([failed["status"], failed["error"]["code"]]), json!(["failed", "model_throttled"]));
    assert_eq!(used(&maru).await, 0);
    maru.stack.parts().bedrock.clear_faults();
    maru.stack.parts().bedrock.push_fault_for(ModelFault::Throttle, 1, "compose_2");
    let job = job_of(&maru, &[ORDERS, TIDEWATCH], &json!({})).await;
    assert_eq!(codes(&job), json!([[ORDERS, null], [TIDEWATCH, "model_throttled"]]), "{job:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_summary_that_the_model_fails_is_written_by_rule() {
    let maru = connected().await;
    maru.stack.parts().bedrock.push_fault_for(ModelFault::Throttle, 1, "summary");
    let job = job_of(&maru, &[ORDERS, TIDEWATCH], &json!({ "language": "en" })).await;
    assert_eq!(json!([job["status"], job["result"]["summaryReplaced"]]), json!(["succeeded", true]));
    let document = resume(&maru, &job).await["document"].clone();
    assert_eq!(document["summary"][0]["text"], "Writes mostly Java, Rust.");
    assert_eq!(document["summary"][0]["evidence"].as_array().unwrap().len(), 2);
}
