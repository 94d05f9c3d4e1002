//! Watching a job that is at work.

use std::time::Duration;

use maru_auth::Role;
use maru_jobs::{EventKind, NewEvent, Status};
use serde_json::json;

use super::running;
use crate::{OWNER, jobs_of, setup};
use maru_testing::watcher::{Watcher, last_seen, request};

#[tokio::test]
async fn two_watchers_see_each_event_when_it_is_written_and_the_same_to_the_end() {
    let maru = setup().start().await;
    let lease = running(&jobs_of(&maru), "a").await;
    let (id, owner) = (lease.job().id.clone(), maru.token(OWNER, Role::User));
    let mut one = Watcher::open(request(&maru, &id, &owner)).await;
    let mut other = Watcher::open(request(&maru, &id, &owner)).await;
    for written in 4..=6 {
        assert_eq!(last_seen(&one.until_events(written).await), written as u64);
        assert_eq!(other.until_events(written).await, one.events());
        lease.append(&[NewEvent::new(EventKind::Delta, json!({ "text": "조각" }))]).await.unwrap();
    }
    lease.succeed(Status::Succeeded, &json!({}), Vec::new()).await.unwrap();
    one.until_end().await.unwrap();
    other.until_end().await.unwrap();
    assert_eq!(one.events(), other.events());
    assert_eq!(one.events().iter().map(|event| event.id).collect::<Vec<_>>(), (1..=8).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_stream_that_breaks_off_is_resumed_while_the_job_goes_on() {
    let maru = setup().start().await;
    let lease = running(&jobs_of(&maru), "a").await;
    let (id, owner) = (lease.job().id.clone(), maru.token(OWNER, Role::User));
    let mut cut = Watcher::open(request(&maru, &id, &owner)).await;
    cut.until_events(4).await;
    maru.stack.kill("stream_job_events");
    cut.until_end().await.unwrap_err();
    lease.append(&[NewEvent::new(EventKind::Item, json!({ "written": "meanwhile" }))]).await.unwrap();
    let last = last_seen(&cut.events()).to_string();
    let mut resumed = Watcher::open(request(&maru, &id, &owner).header("last-event-id", last)).await;
    assert_eq!(resumed.until_events(1).await[0].data, json!({ "written": "meanwhile" }));
    lease.succeed(Status::Succeeded, &json!({}), Vec::new()).await.unwrap();
    resumed.until_end().await.unwrap();
    let ids: Vec<u64> = cut.events().iter().chain(&resumed.events()).map(|event| event.id).collect();
    assert_eq!(ids, [1, 2, 3, 4, 5, 6]);
}

#[tokio::test]
async fn a_comment_keeps_the_line_open_after_15_seconds_without_an_event() {
    let maru = setup().frozen().start().await;
    let lease = running(&jobs_of(&maru), "a").await;
    let mut watcher = Watcher::open(request(&maru, &lease.job().id, &maru.token(OWNER, Role::User))).await;
    watcher.until_events(4).await;
    for beats in 1..=2 {
        maru.stack.clock().advance(Duration::from_secs(15));
        watcher.until_text(&": still here\n\n".repeat(beats)).await;
    }
    assert_eq!(watcher.events().len(), 4, "a comment is no event");
}

#[tokio::test]
async fn the_stream_ends_by_itself_before_its_function_is_stopped() {
    let maru = setup().frozen().start().await;
    let lease = running(&jobs_of(&maru), "a").await;
    let mut watcher = Watcher::open(request(&maru, &lease.job().id, &maru.token(OWNER, Role::User))).await;
    watcher.until_events(4).await;
    // Five seconds before the 900 that the template gives.
    maru.stack.clock().advance(Duration::from_secs(895));
    watcher.until_end().await.unwrap();
    assert_eq!(watcher.events().len(), 4);
}

#[tokio::test]
async fn a_stream_on_which_nothing_comes_reads_only_the_log_until_it_looks_whether_the_job_is_there() {
    let maru = setup().frozen().start().await;
    let lease = running(&jobs_of(&maru), "a").await;
    let mut watcher = Watcher::open(request(&maru, &lease.job().id, &maru.token(OWNER, Role::User))).await;
    watcher.until_events(4).await;
    let reads = |operation: &str| {
        let calls = maru.stack.parts().counts.calls();
        calls.iter().filter(|call| call.operation == operation).map(|call| call.count).sum::<u64>()
    };
    let (jobs_before, log_before) = (reads("GetItem"), reads("Query"));
    while reads("Query") < log_before + 3 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(reads("GetItem"), jobs_before);
    maru.stack.clock().advance(Duration::from_secs(15));
    watcher.until_text(": still here").await;
    assert_eq!(reads("GetItem"), jobs_before + 1);
}
