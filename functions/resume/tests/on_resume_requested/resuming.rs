use std::time::Duration;

use maru_stack::crash::{CrashPlan, Moment};
use maru_stack::github::{Draft, Repository};
use maru_testing::Maru;
use serde_json::{Value, json};

use super::{job, request, resume, used};
use crate::github::{OCTO, connect, octo, requests, world};
use crate::{setup, table};

/// Two small repositories, so that a worker has few requests to make of GitHub.
fn repositories() -> Vec<Repository> {
    let repository = |id, name: &str, message: &str| {
        Draft::new(id, &octo(), name, "2024-01-01 00:00")
            .languages(&[("Rust", 10)])
            .commit(&OCTO, "2024-01-02 00:00", message, "a.rs")
            .build()
    };
    vec![
        repository(1, "pay", "feat: retry failed payments"),
        repository(2, "tide", "feat: parse tide tables"),
    ]
}

async fn kill_everywhere(moment: Moment) {
    let mut crashes = 0;
    for at_call in 1.. {
        let maru = setup().repositories(world(repositories())).start().await;
        connect(&maru, "octo").await;
        let plan = CrashPlan { function: "on_resume_requested".to_owned(), at_call, operation: None, moment };
        maru.stack.parts().crashes.arm(plan);
        let link = request(&maru, &["octo/pay", "octo/tide"], &json!({})).await;
        maru.settle().await;
        if !maru.stack.parts().crashes.hit() {
            break;
        }
        crashes += 1;
        // Past the lease and the visibility; the message comes again, or the job is found to be due.
        maru.stack.clock().advance(Duration::from_secs(6_000));
        maru.stack.run_scheduled("cron_requeue_jobs").await.unwrap();
        maru.settle().await;
        let case = format!("call {at_call}, {moment:?}");
        let job = job(&maru, &link).await;
        assert_eq!(job["status"], "succeeded", "{case}: {job:#}");
        assert_eq!(resume(&maru, &job).await["document"]["projects"].as_array().unwrap().len(), 2, "{case}");
        assert_eq!(used(&maru).await, 1, "{case}");
        assert_one_call_per_step_and_lease(&maru, &case);
        assert_log_is_whole(&maru, &link, &case).await;
    }
    assert!(crashes > 15, "the worker makes many calls: {crashes}");
}

fn assert_one_call_per_step_and_lease(maru: &Maru, case: &str) {
    let calls = maru.stack.parts().bedrock.calls();
    for step in ["compose_1", "compose_2", "summary"] {
        let of_step = calls.iter().filter(|call| call.purpose.ends_with(step)).count();
        assert!((1..=2).contains(&of_step), "{case}: {of_step} calls of {step} under two leases");
    }
}

/// Numbers without gaps, each part once, and one end.
async fn assert_log_is_whole(maru: &Maru, link: &Value, case: &str) {
    let url = link["job"]["streamUrl"].as_str().unwrap();
    let log = maru.client.get(url).send().await.unwrap().text().await.unwrap();
    let ids: Vec<usize> = log.lines().filter_map(|line| line.strip_prefix("id: ")?.parse().ok()).collect();
    assert_eq!(ids, (1..=ids.len()).collect::<Vec<_>>(), "{case}: {log}");
    // Facts and project of each repository, and the summary.
    assert_eq!(log.matches("event: item").count(), 5, "{case}: {log}");
    assert_eq!(log.matches("event: done").count(), 1, "{case}: {log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_before_any_call_the_resume_still_comes() {
    kill_everywhere(Moment::Before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_after_any_call_the_resume_still_comes() {
    kill_everywhere(Moment::After).await;
}

/// A stack on which the worker dies at this call, with the job that was asked for meanwhile.
async fn dying_at(at_call: u32) -> (Maru, Value) {
    let maru = setup().repositories(world(repositories())).start().await;
    connect(&maru, "octo").await;
    let function = "on_resume_requested".to_owned();
    let plan = CrashPlan { function, at_call, operation: None, moment: Moment::Before };
    maru.stack.parts().crashes.arm(plan);
    let link = request(&maru, &["octo/pay"], &json!({})).await;
    maru.settle().await;
    (maru, link)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_is_done_asks_neither_github_nor_the_model_again() {
    let (undisturbed, _) = dying_at(u32::MAX).await;
    let calls = undisturbed.stack.parts().crashes.calls();
    let last_three = calls - 2..=calls;
    for at_call in last_three {
        let (maru, link) = dying_at(at_call).await;
        let asked = requests(&maru, "octo").await;
        maru.stack.clock().advance(Duration::from_secs(1_000));
        maru.stack.run_scheduled("cron_requeue_jobs").await.unwrap();
        maru.settle().await;
        assert_eq!(job(&maru, &link).await["status"], "succeeded", "call {at_call}");
        assert_eq!(requests(&maru, "octo").await, asked, "call {at_call}");
        assert_eq!(maru.stack.parts().bedrock.calls().len(), 2, "call {at_call}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_call_that_kills_every_worker_is_counted_each_time_to_the_last() {
    let maru = setup().repositories(world(repositories())).start().await;
    connect(&maru, "octo").await;
    // The first worker finishes a step, reading the repository; then five in a row finish none.
    let mut link = Value::Null;
    for worker in 1..=7 {
        maru.stack.parts().crashes.arm(CrashPlan {
            function: "on_resume_requested".to_owned(),
            at_call: 1,
            operation: Some("ConverseStream".to_owned()),
            moment: Moment::Before,
        });
        if worker == 1 {
            link = request(&maru, &["octo/pay"], &json!({})).await;
        } else {
            maru.stack.clock().advance(Duration::from_secs(6_000));
            maru.stack.run_scheduled("cron_requeue_jobs").await.unwrap();
        }
        maru.settle().await;
        assert_eq!(maru.stack.parts().crashes.hit(), worker < 7, "worker {worker}");
    }
    let job = job(&maru, &link).await;
    assert_eq!(
        json!([job["error"]["code"], job["usage"]["calls"]]),
        json!(["attempts_exhausted", 6]),
        "{job:#}"
    );
    let usage = table::usage(&maru, "resume.generate").await;
    assert_eq!(json!([usage["calls"], usage["unknownCalls"]]), json!([6, 6]), "{usage:#}");
}
