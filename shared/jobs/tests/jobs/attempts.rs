//! A job that no worker can finish comes to an end.

use maru_jobs::{Acquired, Failure, Lease, MOST_ATTEMPTS, Status};
use serde_json::json;

use crate::{Ground, LEASE};

impl Ground {
    /// Takes the job so often in a row, each worker dying at once.
    async fn let_die(&self, id: &str, workers: u32) {
        for _ in 0..workers {
            drop(self.take(id).await);
            self.pass(LEASE);
        }
    }

    async fn take_exhausted(&self, id: &str) -> Lease {
        match self.jobs.acquire(id).await.unwrap() {
            Acquired::Exhausted(lease) => *lease,
            other => panic!("{id} is not exhausted: {other:?}"),
        }
    }
}

#[tokio::test]
async fn after_five_workers_that_died_the_sixth_is_told_to_end_it() {
    let ground = Ground::start().await;
    let id = ground.job("a").await.id;
    ground.let_die(&id, MOST_ATTEMPTS).await;
    drop(ground.take_exhausted(&id).await);
    ground.pass(LEASE);
    let lease = ground.take_exhausted(&id).await;
    lease.fail(&Failure::exhausted()).await.unwrap();
    let job = ground.find(&id).await;
    assert_eq!((job.status, job.error.unwrap().code.as_str()), (Status::Failed, "attempts_exhausted"));
}

#[tokio::test]
async fn a_worker_that_gives_up_and_lets_go_counts_like_one_that_died() {
    let ground = Ground::start().await;
    let id = ground.job("a").await.id;
    for _ in 0..MOST_ATTEMPTS {
        ground.take(&id).await.release().await.unwrap();
    }
    ground.take_exhausted(&id).await;
}

#[tokio::test]
async fn a_finished_step_starts_the_count_again_and_nothing_else_does() {
    let ground = Ground::start().await;
    let id = ground.job("a").await.id;
    ground.let_die(&id, MOST_ATTEMPTS - 1).await;
    let lease = ground.take(&id).await;
    lease.append(&[]).await.unwrap();
    assert_eq!(ground.find(&id).await.attempts, MOST_ATTEMPTS);
    lease.finish_step("read", &json!(1), &[], None).await.unwrap();
    assert_eq!(ground.find(&id).await.attempts, 0);
    ground.pass(LEASE);
    ground.let_die(&id, MOST_ATTEMPTS).await;
    ground.take_exhausted(&id).await;
}
