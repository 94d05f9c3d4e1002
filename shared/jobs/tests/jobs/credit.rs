//! A job that is started together with something else, here a credit that it uses: taken with the job, given
//! back when the job fails, each exactly once.

use aws_sdk_dynamodb::types::TransactWriteItem;
use futures::future::join_all;
use maru_jobs::{Failure, Joins, NewJob, Started, Status};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_store::{Cancelled, Key, integer};
use serde_json::{Value, json};

use crate::{Ground, LEASE, new_job};

const LIMIT: i64 = 3;

fn credit() -> Key {
    Key::new("CREDIT", "today")
}

impl Ground {
    /// The use of one credit, as long as there is one.
    fn take_credit(&self) -> TransactWriteItem {
        let table = self.jobs.table();
        let update = table
            .transact_update(&credit())
            .update_expression("ADD used :one")
            .condition_expression("attribute_not_exists(used) OR used < :limit")
            .expression_attribute_values(":one", integer(1))
            .expression_attribute_values(":limit", integer(LIMIT));
        table.part(update.build()).unwrap()
    }

    fn return_credit(&self) -> TransactWriteItem {
        let table = self.jobs.table();
        let update = table.transact_update(&credit()).update_expression("ADD used :one");
        table.part(update.expression_attribute_values(":one", integer(-1)).build()).unwrap()
    }

    async fn used(&self) -> i64 {
        let item: Option<Value> = self.jobs.table().get(&credit(), true).await.unwrap();
        item.map_or(0, |item| item["used"].as_i64().unwrap())
    }

    async fn ask(&self, key: &str) -> Result<Started, Cancelled> {
        let new = NewJob { joins: Joins::WhileActive, ..new_job(key) };
        self.jobs.start_with(new, vec![self.take_credit()]).await.unwrap()
    }

    /// Starts a job that there is not yet, and gives its id.
    async fn paid_job(&self, key: &str) -> String {
        match self.ask(key).await.unwrap() {
            Started::New(job) => job.id,
            Started::Joined(job) => panic!("{} was there before", job.id),
        }
    }
}

#[tokio::test]
async fn ten_clicks_at_once_take_one_credit_and_make_one_job() {
    let ground = Ground::start().await;
    let started = join_all((0..10).map(|_| ground.ask("a"))).await;
    let ids: Vec<String> = started
        .into_iter()
        .map(|started| match started.unwrap() {
            Started::New(job) | Started::Joined(job) => job.id,
        })
        .collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(ground.used().await, 1);
}

#[tokio::test]
async fn of_fifty_requests_at_once_as_many_start_as_there_are_credits() {
    let ground = Ground::start().await;
    let started = join_all((0..50).map(|index| {
        let ground = &ground;
        async move { ground.ask(&index.to_string()).await }
    }))
    .await;
    let (begun, refused): (Vec<_>, Vec<_>) = started.into_iter().partition(Result::is_ok);
    assert_eq!((begun.len(), refused.len()), (3, 47));
    assert!(refused.iter().all(|refused| refused.as_ref().is_err_and(|cancelled| cancelled.failed_at(0))));
    assert_eq!(ground.used().await, LIMIT);
    assert_eq!(ground.everything().await.len(), 10, "three jobs, their keys and entries, the credit");
}

#[tokio::test]
async fn who_joins_the_job_of_the_last_credit_is_not_refused() {
    let ground = Ground::start().await;
    for key in ["a", "b", "c"] {
        ground.paid_job(key).await;
    }
    assert!(matches!(ground.ask("c").await, Ok(Started::Joined(_))));
    assert!(ground.ask("d").await.is_err());
}

#[tokio::test]
async fn a_refusal_tells_which_part_it_was_and_shows_the_item() {
    let ground = Ground::start().await;
    for key in ["a", "b", "c"] {
        ground.paid_job(key).await;
    }
    let free = ground.jobs.table().transact_put(&Key::new("FREE", "x"), &json!({ "x": 1 })).unwrap();
    let parts = vec![ground.jobs.table().part(free.build()).unwrap(), ground.take_credit()];
    let cancelled = ground.jobs.start_with(new_job("d"), parts).await.unwrap().unwrap_err();
    assert_eq!((cancelled.failed.len(), cancelled.failed_at(0), cancelled.failed_at(1)), (2, false, true));
    assert_eq!(cancelled.failed[1].as_ref().unwrap()["used"], integer(LIMIT));
}

#[tokio::test]
async fn a_lost_answer_takes_no_second_credit() {
    let ground = Ground::start().await;
    let lost = Fault::new(FaultTarget::Database, FaultKind::LostAnswer, 1);
    ground.maru.stack.parts().faults.push(lost.of_operation("TransactWriteItems"));
    ground.paid_job("a").await;
    assert_eq!(ground.used().await, 1);
}

#[tokio::test]
async fn an_equal_request_begins_anew_once_the_job_has_ended() {
    let ground = Ground::start().await;
    let first = ground.paid_job("a").await;
    let lease = ground.take(&first).await;
    assert!(matches!(ground.ask("a").await, Ok(Started::Joined(_))), "while it is at work");
    lease.succeed(Status::Succeeded, &json!(1), Vec::new()).await.unwrap();
    let second = ground.paid_job("a").await;
    assert_ne!(first, second);
    assert_eq!(ground.used().await, 2);
}

#[tokio::test]
async fn a_job_that_fails_gives_its_credit_back_once() {
    let ground = Ground::start().await;
    let id = ground.paid_job("a").await;
    let late = ground.take(&id).await;
    ground.pass(LEASE);
    let lease = ground.take(&id).await;
    let failure = Failure { code: "x".to_owned(), detail: "y".to_owned() };
    lease.fail_with(&failure, vec![ground.return_credit()]).await.unwrap();
    assert_eq!(ground.used().await, 0);
    assert!(late.fail_with(&failure, vec![ground.return_credit()]).await.is_err());
    assert_eq!(ground.used().await, 0, "the late worker gives nothing back");
    assert_eq!(ground.find(&id).await.error, Some(failure));
}

#[tokio::test]
async fn a_start_that_is_repeated_takes_no_second_credit_even_after_its_job_has_ended() {
    let ground = Ground::start().await;
    let start = async || {
        let new = NewJob { id: "job_1".to_owned(), joins: Joins::WhileActive, ..new_job("a") };
        ground.jobs.start_with(new, vec![ground.take_credit()]).await.unwrap().unwrap()
    };
    start().await;
    ground.take("job_1").await.succeed(Status::Succeeded, &json!(1), Vec::new()).await.unwrap();
    assert!(matches!(start().await, Started::New(job) if job.status == Status::Succeeded));
    assert_eq!(ground.used().await, 1);
}
