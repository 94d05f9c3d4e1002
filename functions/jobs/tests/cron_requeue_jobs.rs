//! The function that looks after due jobs.

use std::time::Duration;

use maru_jobs::{Acquired, NewJob, Progress, Status};
use maru_testing::Maru;
use serde_json::{Value, json};

use crate::{OWNER, jobs_of, new_job, setup, start, take};

async fn fire(maru: &Maru) -> Value {
    maru.stack.run_scheduled("cron_requeue_jobs").await.unwrap().answer
}

/// How many messages wait in a queue, which nobody consumes here.
fn waiting(maru: &Maru, queue: &str) -> usize {
    maru.stack.parts().queues().into_iter().find(|report| report.name == queue).unwrap().visible
}

fn report(due: usize, requeued: usize) -> Value {
    json!({ "due": due, "requeued": requeued })
}

#[tokio::test]
async fn a_job_whose_message_was_lost_is_sent_again_after_a_minute_and_each_minute() {
    let maru = setup().frozen().start().await;
    start(&jobs_of(&maru), new_job(Some(OWNER), "a")).await;
    maru.stack.clock().advance(Duration::from_millis(59_999));
    assert_eq!(fire(&maru).await, report(0, 0));
    maru.stack.clock().advance(Duration::from_millis(1));
    assert_eq!(fire(&maru).await, report(1, 1));
    assert_eq!(fire(&maru).await, report(0, 0));
    assert_eq!(waiting(&maru, "ReportQueue"), 1);
    maru.stack.clock().advance(Duration::from_secs(60));
    assert_eq!(fire(&maru).await, report(1, 1));
    assert_eq!(waiting(&maru, "ReportQueue"), 2);
}

#[tokio::test]
async fn a_job_whose_worker_died_is_sent_again_once_its_lease_is_over() {
    let maru = setup().frozen().start().await;
    let jobs = jobs_of(&maru);
    let id = start(&jobs, new_job(Some(OWNER), "a")).await.id;
    let dead = take(&jobs, &id).await;
    maru.stack.clock().advance(Duration::from_millis(44_999));
    assert_eq!(fire(&maru).await, report(0, 0));
    maru.stack.clock().advance(Duration::from_millis(1));
    assert_eq!(fire(&maru).await, report(1, 1));
    let successor = take(&jobs, &id).await;
    assert!(successor.epoch() > dead.epoch());
    maru.stack.clock().advance(Duration::from_secs(30));
    assert_eq!(fire(&maru).await, report(0, 0), "the successor is at work");
}

#[tokio::test]
async fn a_job_that_has_ended_is_never_due() {
    let maru = setup().frozen().start().await;
    let jobs = jobs_of(&maru);
    let id = start(&jobs, new_job(Some(OWNER), "a")).await.id;
    take(&jobs, &id).await.succeed(Status::Succeeded, &json!({}), Vec::new()).await.unwrap();
    maru.stack.clock().advance(Duration::from_secs(3_600));
    assert_eq!(fire(&maru).await, report(0, 0));
    assert!(matches!(jobs.acquire(&id).await.unwrap(), Acquired::Ended));
}

#[tokio::test]
async fn each_kind_goes_to_its_own_queue_and_an_unknown_one_holds_up_nobody() {
    let maru = setup().frozen().start().await;
    let jobs = jobs_of(&maru);
    for (kind, count) in [("consulting.report", 12), ("consulting.ingest", 3), ("weather.unknown", 1)] {
        for index in 0..count {
            let progress = Progress::default();
            let new = NewJob { kind, progress, ..new_job(Some(OWNER), &format!("{kind}-{index}")) };
            start(&jobs, new).await;
        }
    }
    maru.stack.clock().advance(Duration::from_secs(60));
    assert_eq!(fire(&maru).await, report(16, 15));
    assert_eq!((waiting(&maru, "ReportQueue"), waiting(&maru, "RunQueue")), (12, 3));
    assert_eq!(fire(&maru).await, report(1, 0), "the unknown one stays due");
}
