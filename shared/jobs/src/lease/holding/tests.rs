//! Holding a lease: what needs shorter pauses than those of a real worker.

use std::collections::BTreeMap;
use std::time::Duration;

use maru_lambda::{Environment, FromEnvironment};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_testing::{Maru, Setup};
use serde_json::json;

use super::*;
use crate::event::{EventKind, NewEvent};
use crate::job::Progress;
use crate::lease::lease_until;
use crate::{Acquired, Jobs, Joins, NewJob, Started};

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// A pause that is short enough for a test.
const MOMENT: Duration = Duration::from_millis(1);

async fn lease(maru: &Maru) -> Lease {
    let variables = BTreeMap::from([("JOBS_TABLE".to_owned(), "JobsTable".to_owned())]);
    let clock = maru.stack.clock().for_functions();
    let environment = Environment::new(variables, maru.stack.sdk_config(), clock);
    let jobs = Jobs::from_environment(&environment).unwrap();
    let new = NewJob {
        id: "job_1".to_owned(),
        kind: "consulting.report",
        account: None,
        key: "a".to_owned(),
        joins: Joins::UnlessFailed,
        input: String::new(),
        result_url: String::new(),
        progress: Progress::default(),
    };
    let (Started::New(job) | Started::Joined(job)) = jobs.start(new).await.unwrap();
    match jobs.acquire(&job.id).await.unwrap() {
        Acquired::Lease(lease) => *lease,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_renewal_that_falls_into_a_slow_write_of_the_work_holds_up_neither() {
    let maru = Setup::new(Vec::new()).start().await;
    let lease = lease(&maru).await;
    let slow = Fault::new(FaultTarget::Database, FaultKind::Delay, 1).of_operation("TransactWriteItems");
    maru.stack.parts().faults.push(slow.with_delay(Duration::from_millis(200)));
    let delta = NewEvent::new(EventKind::Delta, json!("written slowly"));
    let held = lease.hold_renewing(Duration::from_millis(10), lease.append(std::slice::from_ref(&delta)));
    tokio::time::timeout(PATIENCE, Box::pin(held)).await.expect("the work ends").unwrap();
    assert_eq!(lease.jobs.events(&lease.job.id, 0).await.unwrap().len(), 1);
}

#[tokio::test]
async fn work_that_takes_longer_than_a_lease_is_not_taken_over() {
    let maru = Setup::new(Vec::new()).frozen().start().await;
    let lease = lease(&maru).await;
    let work = async {
        for _ in 0..4 {
            maru.stack.clock().advance(LEASE / 2);
            let renewed = lease_until(maru.stack.clock().now());
            let renewed =
                async || lease.jobs.find(&lease.job.id).await.unwrap().unwrap().lease_until == renewed;
            while !renewed().await {}
        }
        Ok::<_, LeaseError>(lease.jobs.acquire(&lease.job.id).await?)
    };
    let held = lease.hold_renewing(MOMENT, work);
    let acquired = tokio::time::timeout(PATIENCE, Box::pin(held)).await.expect("it is renewed").unwrap();
    assert!(matches!(acquired, Acquired::Busy));
}

#[tokio::test]
async fn the_work_is_dropped_when_another_worker_took_the_job() {
    let maru = Setup::new(Vec::new()).frozen().start().await;
    let lease = lease(&maru).await;
    maru.stack.clock().advance(LEASE);
    assert!(matches!(lease.jobs.acquire(&lease.job.id).await.unwrap(), Acquired::Lease(_)));
    let held = lease.hold_renewing(MOMENT, std::future::pending::<Result<(), LeaseError>>());
    let lost = tokio::time::timeout(PATIENCE, Box::pin(held)).await.expect("it hears of it");
    assert!(matches!(lost, Err(LeaseError::Lost(_))));
}

/// Lets the next transactions fail; the client tries each three times.
fn fail(maru: &Maru, kind: FaultKind, times: u32) {
    let fault = Fault::new(FaultTarget::Database, kind, times).of_operation("TransactWriteItems");
    maru.stack.parts().faults.push(fault);
}

/// Holds the lease with short pauses, with patience.
async fn held<T>(lease: &Lease, work: impl Future<Output = Result<T, LeaseError>>) -> Result<T, LeaseError> {
    let held = lease.hold_renewing(MOMENT, work);
    tokio::time::timeout(PATIENCE, Box::pin(held)).await.expect("it ends")
}

#[tokio::test]
async fn renewals_that_fail_are_tried_again_as_long_as_the_lease_lasts() {
    let maru = Setup::new(Vec::new()).frozen().start().await;
    let lease = lease(&maru).await;
    maru.stack.clock().advance(LEASE * 2 / 3);
    // Whatever is written renews the lease, so it does not end when it would have by its taking.
    lease.append(&[]).await.unwrap();
    fail(&maru, FaultKind::Error, 6);
    maru.stack.clock().advance(LEASE * 2 / 3);
    let until = lease_until(maru.stack.clock().now());
    let work = async {
        while lease.jobs.find(&lease.job.id).await?.is_none_or(|job| job.lease_until < until) {}
        Ok(())
    };
    held(&lease, work).await.unwrap();
    assert!(maru.stack.parts().faults.pending().is_empty());
}

#[tokio::test]
async fn the_work_is_dropped_when_nothing_could_be_written_until_the_lease_was_over() {
    let maru = Setup::new(Vec::new()).frozen().start().await;
    let lease = lease(&maru).await;
    fail(&maru, FaultKind::Error, u32::MAX);
    let work = async {
        maru.stack.clock().advance(LEASE);
        std::future::pending().await
    };
    let over: Result<(), LeaseError> = held(&lease, work).await;
    assert!(matches!(over, Err(LeaseError::Store(_))), "{over:?}");
}

#[tokio::test]
async fn a_database_that_never_answers_does_not_keep_the_work_beyond_the_lease() {
    let maru = Setup::new(Vec::new()).frozen().start().await;
    let lease = lease(&maru).await;
    fail(&maru, FaultKind::Timeout, u32::MAX);
    let short = Duration::from_millis(200);
    maru.stack.clock().advance(LEASE - short);
    let work = async {
        tokio::time::sleep(short).await;
        maru.stack.clock().advance(short);
        std::future::pending().await
    };
    let over: Result<(), LeaseError> = held(&lease, work).await;
    assert!(matches!(over, Err(LeaseError::Store(_))), "{over:?}");
}
