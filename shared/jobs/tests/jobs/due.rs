//! Which jobs somebody must look after.

use std::time::Duration;

use maru_jobs::Status;
use serde_json::json;

use crate::{Ground, LEASE};

impl Ground {
    async fn due(&self) -> Vec<String> {
        let found = self.jobs.due(self.maru.stack.clock().now()).await.unwrap();
        let mut ids: Vec<String> = found.into_iter().map(|job| job.id).collect();
        ids.sort();
        ids
    }
}

#[tokio::test]
async fn a_queued_job_is_due_after_a_minute_and_a_running_one_after_its_lease() {
    let ground = Ground::start().await;
    let (queued, running) = (ground.job("a").await.id, ground.job("b").await.id);
    let _lease = ground.take(&running).await;
    ground.pass(LEASE - Duration::from_millis(1));
    assert_eq!(ground.due().await, [] as [&str; 0]);
    ground.pass(Duration::from_millis(1));
    assert_eq!(ground.due().await, [running.as_str()]);
    ground.pass(Duration::from_secs(15));
    let mut both = [queued, running];
    both.sort();
    assert_eq!(ground.due().await, both);
}

#[tokio::test]
async fn each_write_of_the_worker_puts_it_off_and_the_end_for_ever() {
    let ground = Ground::start().await;
    let id = ground.job("a").await.id;
    let lease = ground.take(&id).await;
    ground.pass(LEASE);
    lease.append(&[]).await.unwrap();
    assert_eq!(ground.due().await, [] as [&str; 0]);
    lease.succeed(Status::Succeeded, &json!(null), Vec::new()).await.unwrap();
    ground.pass(LEASE * 100);
    assert_eq!(ground.due().await, [] as [&str; 0]);
}

#[tokio::test]
async fn a_job_that_was_let_go_is_due_at_once() {
    let ground = Ground::start().await;
    let id = ground.job("a").await.id;
    ground.take(&id).await.release().await.unwrap();
    assert_eq!(ground.due().await, [id]);
}

#[tokio::test]
async fn looking_after_a_job_that_moved_on_meanwhile_changes_nothing() {
    let ground = Ground::start().await;
    let id = ground.job("a").await.id;
    ground.pass(Duration::from_secs(60));
    let now = ground.maru.stack.clock().now();
    let due = ground.jobs.due(now).await.unwrap();
    let _lease = ground.take(&id).await;
    let before = ground.everything().await;
    ground.jobs.look_again(&due[0], now).await.unwrap();
    assert_eq!(ground.everything().await, before);
}

#[tokio::test]
async fn of_many_due_jobs_every_one_is_found() {
    let ground = Ground::start().await;
    let mut ids = Vec::new();
    for index in 0..40 {
        ids.push(ground.job(&index.to_string()).await.id);
    }
    ids.sort();
    ground.pass(Duration::from_secs(60));
    assert_eq!(ground.due().await, ids);
}
