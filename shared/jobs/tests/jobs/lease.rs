//! Who has a job, and for how long.

use std::time::Duration;

use futures::future::join_all;
use maru_jobs::{Acquired, Progress, Status};
use serde_json::json;

use crate::{Ground, LEASE};

const MOMENT: Duration = Duration::from_millis(1);

#[tokio::test]
async fn of_ten_workers_at_once_one_gets_the_job() {
    let ground = Ground::start().await;
    let id = ground.job("a").await.id;
    let acquired = join_all((0..10).map(|_| ground.jobs.acquire(&id))).await;
    let acquired: Vec<Acquired> = acquired.into_iter().map(Result::unwrap).collect();
    assert_eq!(acquired.iter().filter(|one| matches!(one, Acquired::Lease(_))).count(), 1);
    assert_eq!(acquired.iter().filter(|one| matches!(one, Acquired::Busy)).count(), 9);
    let job = ground.find(&id).await;
    assert_eq!((job.epoch, job.status), (1, Status::Running));
}

#[tokio::test]
async fn a_worker_is_taken_over_when_its_lease_is_over_and_not_before() {
    let ground = Ground::start().await;
    let id = ground.job("a").await.id;
    let first = ground.take(&id).await;
    ground.pass(LEASE - MOMENT);
    assert!(matches!(ground.jobs.acquire(&id).await.unwrap(), Acquired::Busy));
    ground.pass(MOMENT);
    let second = ground.take(&id).await;
    assert_eq!((first.epoch(), second.epoch()), (1, 2));
}

#[tokio::test]
async fn each_write_renews_the_lease() {
    let ground = Ground::start().await;
    let id = ground.job("a").await.id;
    let lease = ground.take(&id).await;
    for _ in 0..3 {
        ground.pass(LEASE - MOMENT);
        lease.append(&[]).await.unwrap();
    }
    ground.pass(LEASE - MOMENT);
    assert!(matches!(ground.jobs.acquire(&id).await.unwrap(), Acquired::Busy));
}

#[tokio::test]
async fn a_worker_whose_lease_is_over_goes_on_as_long_as_nobody_took_the_job() {
    let ground = Ground::start().await;
    let id = ground.job("a").await.id;
    let lease = ground.take(&id).await;
    ground.pass(LEASE * 10);
    lease.report(&Progress { done: 1, total: 1, label: "late".to_owned() }).await.unwrap();
    assert!(matches!(ground.jobs.acquire(&id).await.unwrap(), Acquired::Busy));
}

#[tokio::test]
async fn a_job_that_was_let_go_is_free_at_once_with_all_that_was_done() {
    let ground = Ground::start().await;
    let id = ground.job("a").await.id;
    let lease = ground.take(&id).await;
    lease.finish_step("read", &json!({ "rows": 3 }), &[], None).await.unwrap();
    lease.release().await.unwrap();
    let next = ground.take(&id).await;
    assert_eq!(next.epoch(), 2);
    assert_eq!(next.finished_step("read").await.unwrap(), Some(json!({ "rows": 3 })));
    assert_eq!(next.finished_step::<u8>("write").await.unwrap(), None);
}

#[tokio::test]
async fn nobody_can_take_what_has_ended_or_never_was() {
    let ground = Ground::start().await;
    let id = ground.job("a").await.id;
    ground.take(&id).await.succeed(Status::Succeeded, &json!(null), Vec::new()).await.unwrap();
    ground.pass(LEASE * 2);
    assert!(matches!(ground.jobs.acquire(&id).await.unwrap(), Acquired::Ended));
    assert!(matches!(ground.jobs.acquire("job_unknown").await.unwrap(), Acquired::Unknown));
}
