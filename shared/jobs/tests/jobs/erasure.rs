//! What is left of an account that was closed: nothing but the record of it.

use futures::future::join_all;
use jiff::Timestamp;
use maru_jobs::{
    Acquired, EventKind, Failure, Job, Joins, Lease, LeaseError, NewEvent, NewJob, StartError, Started,
    Status,
};
use maru_store::{Key, integer};
use serde_json::{Value, json};

use crate::{Ground, LEASE, new_job};

const OWNER: &str = "usr_owner";

fn closed_at() -> Timestamp {
    "2026-01-15T15:10:00Z".parse().unwrap()
}

impl Ground {
    async fn close(&self) {
        self.jobs.erase_account(OWNER, closed_at()).await.unwrap();
    }

    async fn record(&self) -> Value {
        let key = Key::new(format!("ERASURE#{OWNER}"), "RECORD");
        self.jobs.table().get(&key, true).await.unwrap().unwrap_or_default()
    }

    /// What `maru-model` books for the owner on a day.
    async fn put_usage(&self, sk: &str) {
        let key = Key::new(format!("USAGE#{OWNER}"), sk);
        let put = self.jobs.table().put(&key, &json!({ "spent": 1 })).unwrap();
        self.jobs.table().put_if(put).await.unwrap();
    }

    /// A job that ended well, with a log and a step.
    async fn ended(&self, key: &str) -> Job {
        let job = self.job(key).await;
        let lease = self.take(&job.id).await;
        let written = NewEvent::new(EventKind::Delta, json!("the member's text"));
        lease.finish_step("write", &json!("the member's text"), &[written], None).await.unwrap();
        lease.succeed(Status::Succeeded, &json!({ "after": "the member's text" }), Vec::new()).await.unwrap();
        job
    }
}

fn of(account: Option<&str>, key: &str) -> NewJob {
    NewJob { account: account.map(str::to_owned), ..new_job(key) }
}

#[tokio::test]
async fn jobs_logs_keys_and_usage_of_the_account_go_and_those_of_others_stay() {
    let ground = Ground::start().await;
    ground.jobs.start(of(Some("usr_other"), "other")).await.unwrap();
    ground.jobs.start(of(None, "guest")).await.unwrap();
    let others = ground.everything().await;
    assert_eq!(others.len(), 5, "a guest's job is listed nowhere");
    ground.ended("a").await;
    ground.job("b").await;
    ground.take(&ground.job("c").await.id).await;
    for sk in ["2026-01-15", "2026-01-15#consulting.report"] {
        ground.put_usage(sk).await;
    }

    ground.close().await;
    let record = ground.record().await;
    let expected = json!({
        "pk": "ERASURE#usr_owner", "sk": "RECORD", "deletedAt": "2026-01-15T15:10:00Z",
        "what": { "jobs": 3, "usage": 2 }, "erasedAt": "2026-01-15T15:10:00Z",
    });
    assert_eq!(record, expected);
    let mut left = others;
    left.push(record.to_string());
    left.sort();
    assert_eq!(ground.everything().await, left);

    ground.pass(LEASE);
    ground.close().await;
    assert_eq!(ground.everything().await, left, "told again, nothing changes");
}

#[tokio::test]
async fn a_closed_account_starts_and_joins_nothing_and_guests_and_others_do() {
    let ground = Ground::start().await;
    let active = ground.job("active").await;
    ground.close().await;
    let left = ground.everything().await;
    let part = ground.jobs.table().transact_put(&Key::new("CREDIT", "x"), &json!({ "x": 1 })).unwrap();
    let part = ground.jobs.table().part(part.build()).unwrap();
    for key in ["active", "new"] {
        let refused = ground.jobs.start_with(new_job(key), vec![part.clone()]).await;
        assert!(matches!(refused, Err(StartError::AccountClosed)), "{key}: {refused:?}");
    }
    assert_eq!(ground.everything().await, left);
    for account in [None, Some("usr_other")] {
        let started = ground.jobs.start(of(account, account.unwrap_or("active"))).await.unwrap();
        assert!(matches!(&started, Started::New(job) if job.id != active.id), "{started:?}");
    }
}

#[tokio::test]
async fn a_job_that_another_account_asked_for_under_the_same_key_keeps_its_key() {
    let ground = Ground::start().await;
    let first = ground.job("a").await;
    let failure = Failure { code: "x".to_owned(), detail: "y".to_owned() };
    ground.take(&first.id).await.fail(&failure).await.unwrap();
    let second = ground.jobs.start(of(Some("usr_other"), "a")).await.unwrap();
    let Started::New(second) = second else { panic!("the first failed: {second:?}") };
    ground.close().await;
    assert!(ground.jobs.find(&first.id).await.unwrap().is_none());
    let joined = ground.jobs.start(of(Some("usr_other"), "a")).await.unwrap();
    assert!(matches!(joined, Started::Joined(job) if job.id == second.id));
}

#[tokio::test]
async fn whoever_works_on_an_erased_job_hears_that_the_lease_is_lost_and_writes_nothing() {
    let ground = Ground::start().await;
    let mut leases = Vec::new();
    for key in ["renewing", "stepping", "booking", "leaving", "ending"] {
        leases.push(ground.take(&ground.job(key).await.id).await);
    }
    let [renewing, stepping, booking, leaving, ending] = <[Lease; 5]>::try_from(leases).unwrap();
    ground.close().await;
    let left = ground.everything().await;
    let delta = NewEvent::new(EventKind::Delta, json!("too late"));
    let refusals = [
        renewing.append(&[delta]).await,
        stepping.finish_step("late", &json!("too late"), &[], None).await,
        leaving.release().await,
        ending.succeed(Status::Succeeded, &json!("too late"), Vec::new()).await,
    ];
    for refused in refusals {
        assert!(matches!(&refused, Err(LeaseError::Lost(_))), "{refused:?}");
    }
    // As the ledger of model calls does it.
    let usage = Key::new(format!("USAGE#{OWNER}"), "2026-01-15");
    let usage = ground.jobs.table().transact_update(&usage).update_expression("ADD spent :tokens");
    let usage = usage.expression_attribute_values(":tokens", integer(1)).build();
    let writes = vec![booking.book(1, 1, 1).unwrap(), ground.jobs.table().part(usage).unwrap()];
    assert!(ground.jobs.table().transact(writes).await.unwrap().is_err());
    assert_eq!(ground.everything().await, left);
}

#[tokio::test]
async fn a_message_or_a_due_entry_of_an_erased_job_leads_to_nothing() {
    let ground = Ground::start().await;
    let job = ground.job("a").await;
    ground.pass(LEASE * 2);
    let now = ground.maru.stack.clock().now();
    let due = ground.jobs.due(now).await.unwrap();
    ground.close().await;
    let left = ground.everything().await;
    assert!(matches!(ground.jobs.acquire(&job.id).await.unwrap(), Acquired::Unknown));
    ground.jobs.look_again(&due[0], now).await.unwrap();
    assert_eq!(ground.jobs.due(now).await.unwrap(), []);
    assert_eq!(ground.everything().await, left);
}

#[tokio::test]
async fn whatever_is_started_while_the_account_is_closed_is_gone_or_refused() {
    let ground = Ground::start().await;
    let starting = join_all((0..20).map(|index| {
        let new = NewJob { joins: Joins::WhileActive, ..new_job(&index.to_string()) };
        ground.jobs.start(new)
    }));
    let (started, ()) = tokio::join!(starting, ground.close());
    for refused in started.into_iter().filter_map(Result::err) {
        assert!(matches!(refused, StartError::AccountClosed), "{refused:?}");
    }
    assert_eq!(ground.everything().await, [ground.record().await.to_string()]);
}
