//! A worker whose lease was taken over can change nothing, whatever it writes.

use maru_jobs::{EventKind, Failure, Job, Lease, LeaseError, NewEvent, Progress, Status};
use maru_store::Key;
use serde_json::json;

use crate::{Ground, LEASE};

/// A worker that was taken for dead, while its successor works or has ended the job.
async fn resurrected(ground: &Ground, key: &str, ended: bool) -> (Job, Lease) {
    let job = ground.job(key).await;
    let old = ground.take(&job.id).await;
    old.append(&[NewEvent::new(EventKind::Delta, json!("written in time"))]).await.unwrap();
    ground.pass(LEASE);
    let successor = ground.take(&job.id).await;
    successor.append(&[NewEvent::new(EventKind::Delta, json!("written by the successor"))]).await.unwrap();
    if ended {
        successor.succeed(Status::Succeeded, &json!("of the successor"), Vec::new()).await.unwrap();
    }
    (job, old)
}

async fn append(old: Lease) -> Result<(), LeaseError> {
    old.append(&[NewEvent::new(EventKind::Delta, json!("too late"))]).await
}

async fn renew(old: Lease) -> Result<(), LeaseError> {
    old.append(&[]).await
}

async fn report(old: Lease) -> Result<(), LeaseError> {
    old.report(&Progress { done: 9, total: 9, label: "too late".to_owned() }).await
}

async fn finish_step(old: Lease) -> Result<(), LeaseError> {
    old.finish_step("late", &json!("too late"), &[], None).await
}

async fn write_with(old: Lease) -> Result<(), LeaseError> {
    let write = old.table().transact_put(&Key::new("RESULT", "late"), &json!({ "too": "late" }))?;
    old.write_with(vec![old.table().part(write.build())?]).await
}

async fn fenced_write_of_another_crate(old: Lease) -> Result<(), LeaseError> {
    let write = old.table().transact_put(&Key::new("RESULT", "late"), &json!({ "too": "late" }))?;
    let writes = vec![old.fence()?, old.table().part(write.build())?];
    let done = old.table().transact(writes).await?;
    done.map_err(|_| LeaseError::Lost(old.job().id.clone()))
}

async fn book(old: Lease) -> Result<(), LeaseError> {
    let done = old.table().transact(vec![old.book(1, 1, 1)?]).await?;
    done.map_err(|_| LeaseError::Lost(old.job().id.clone()))
}

async fn release(old: Lease) -> Result<(), LeaseError> {
    old.release().await
}

async fn succeed(old: Lease) -> Result<(), LeaseError> {
    let write = old.table().transact_put(&Key::new("RESULT", "late"), &json!({ "too": "late" }))?;
    let writes = vec![old.table().part(write.build())?];
    old.succeed(Status::Succeeded, &json!("too late"), writes).await
}

async fn fail(old: Lease) -> Result<(), LeaseError> {
    old.fail(&Failure { code: "late".to_owned(), detail: "too late".to_owned() }).await
}

async fn fail_with(old: Lease) -> Result<(), LeaseError> {
    let write = old.table().transact_put(&Key::new("RESULT", "late"), &json!({ "too": "late" }))?;
    let writes = vec![old.table().part(write.build())?];
    old.fail_with(&Failure::exhausted(), writes).await
}

macro_rules! refused {
    ($($write:ident)*) => {
        let ground = Ground::start().await;
        $(for ended in [false, true] {
            let key = format!("{}-{ended}", stringify!($write));
            let (job, old) = resurrected(&ground, &key, ended).await;
            let before = ground.everything().await;
            let refusal = $write(old).await;
            assert!(matches!(&refusal, Err(LeaseError::Lost(id)) if *id == job.id), "{key}: {refusal:?}");
            assert_eq!(ground.everything().await, before, "{key}");
        })*
    };
}

#[tokio::test]
async fn refuses_every_write_to_the_log_and_the_steps() {
    refused! { append renew report finish_step }
}

#[tokio::test]
async fn refuses_every_write_of_other_items() {
    refused! { write_with fenced_write_of_another_crate book }
}

#[tokio::test]
async fn refuses_every_end() {
    refused! { release succeed fail fail_with }
}
