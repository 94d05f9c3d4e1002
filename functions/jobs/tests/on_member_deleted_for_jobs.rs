//! A member closes the account.

use std::time::Duration;

use maru_auth::Role;
use maru_jobs::{EventKind, Lease, LeaseError, NewEvent, StartError, Status};
use maru_stack::crash::{CrashPlan, Moment};
use maru_store::Key;
use maru_testing::Maru;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::{OWNER, jobs_of, new_job, setup, start, take};
use maru_testing::watcher::{Watcher, request};

const FUNCTION: &str = "on_member_deleted_for_jobs";

async fn leaves(maru: &Maru) -> Result<(), String> {
    let detail = json!({
        "id": "evt_1", "type": "member.deleted", "version": 1, "occurredAt": "2026-01-15T15:10:00Z",
        "data": { "userId": OWNER, "deletedAt": "2026-01-15T15:10:00Z" },
    });
    let event = json!({ "detail-type": "member.deleted", "source": "maru.member", "detail": detail });
    maru.stack.invoke(FUNCTION, event).await.map(|_| ()).map_err(|error| format!("{error:?}"))
}

/// A job that is at work, with something in its log.
async fn at_work(maru: &Maru, key: &str) -> Lease {
    let jobs = jobs_of(maru);
    let lease = take(&jobs, &start(&jobs, new_job(Some(OWNER), key)).await.id).await;
    let written = NewEvent::new(EventKind::Delta, json!("the member's text"));
    lease.finish_step("write", &json!("the member's text"), &[written], None).await.unwrap();
    lease
}

/// Everything in the jobs table.
async fn everything(maru: &Maru) -> Vec<Value> {
    let jobs = jobs_of(maru);
    let table = jobs.table();
    let scan = table.client().scan().table_name(table.name()).consistent_read(true);
    let items = scan.send().await.unwrap().items.unwrap_or_default();
    items.into_iter().map(|item| table.decode(item).unwrap()).collect()
}

#[tokio::test]
async fn neither_the_old_token_nor_the_streams_own_opens_anything_of_the_member_any_more() {
    let maru = setup().frozen().start().await;
    let (jobs, token) = (jobs_of(&maru), maru.token(OWNER, Role::User));
    let lease = at_work(&maru, "a").await;
    let job = lease.job().clone();
    lease.succeed(Status::Succeeded, &json!({ "after": "the member's text" }), Vec::new()).await.unwrap();
    maru.get(&format!("/jobs/{}", job.id), &token).await.expect(200);

    leaves(&maru).await.unwrap();
    maru.get(&format!("/jobs/{}", job.id), &token).await.expect_problem(404, "not_found");
    let link = serde_json::to_value(job.link(maru.stack.url())).unwrap();
    let opened = maru.client.get(link["job"]["streamUrl"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(opened.status(), StatusCode::NOT_FOUND);
    let refused = jobs.start(new_job(Some(OWNER), "b")).await;
    assert!(matches!(refused, Err(StartError::AccountClosed)), "{refused:?}");
    let left = everything(&maru).await;
    assert_eq!(left.len(), 1, "{left:#?}");
    assert_eq!(
        (&left[0]["pk"], &left[0]["what"]),
        (&json!("ERASURE#usr_owner"), &json!({ "jobs": 1, "usage": 0 }))
    );
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test]
async fn whoever_watches_sees_the_stream_end_and_finds_it_no_more() {
    let maru = setup().start().await;
    let (lease, owner) = (at_work(&maru, "a").await, maru.token(OWNER, Role::User));
    let mut watcher = Watcher::open(request(&maru, &lease.job().id, &owner)).await;
    watcher.until_events(1).await;
    leaves(&maru).await.unwrap();
    watcher.until_end().await.unwrap();
    assert_eq!(watcher.events().len(), 1);
    let again = request(&maru, &lease.job().id, &owner).header("last-event-id", "1").send().await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_FOUND);
    let late = lease.append(&[NewEvent::new(EventKind::Delta, json!("too late"))]).await;
    assert!(matches!(late, Err(LeaseError::Lost(_))), "{late:?}");
    assert_eq!(everything(&maru).await.len(), 1);
}

#[tokio::test]
async fn a_worker_that_dies_at_any_call_leaves_nothing_to_the_next_but_the_rest() {
    for moment in [Moment::Before, Moment::After] {
        let mut crashes = 0;
        for at_call in 1.. {
            let maru = setup().frozen().start().await;
            let (_first, _second) = (at_work(&maru, "a").await, at_work(&maru, "b").await);
            let jobs = jobs_of(&maru);
            let usage = Key::new(format!("USAGE#{OWNER}"), "2026-01-15");
            let put = jobs.table().put(&usage, &json!({ "spent": 1 })).unwrap();
            jobs.table().put_if(put).await.unwrap();
            let function = FUNCTION.to_owned();
            maru.stack.parts().crashes.arm(CrashPlan { function, at_call, operation: None, moment });
            let died = leaves(&maru).await.is_err();
            maru.stack.parts().crashes.disarm();
            if !died {
                break;
            }
            crashes += 1;
            maru.stack.clock().advance(Duration::from_secs(60));
            leaves(&maru).await.unwrap();
            let (left, case) = (everything(&maru).await, format!("call {at_call}, {moment:?}"));
            assert_eq!(left.len(), 1, "{case}: {left:#?}");
            assert_eq!(left[0]["what"], json!({ "jobs": 2, "usage": 1 }), "{case}");
            assert_eq!(left[0]["deletedAt"], "2026-01-15T15:10:00Z", "{case}");
        }
        assert!(crashes > 10, "the function makes many calls: {crashes}");
    }
}
