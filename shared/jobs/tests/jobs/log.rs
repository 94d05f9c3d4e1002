//! The log: numbered without gaps, and all or nothing with what it tells of.

use futures::future::join_all;
use maru_jobs::{EventKind, Failure, LeaseError, LogEvent, NewEvent, Progress, Status};
use maru_store::Key;
use serde_json::json;

use crate::Ground;

fn pieces(count: usize) -> Vec<NewEvent> {
    (0..count).map(|piece| NewEvent::new(EventKind::Delta, json!({ "piece": piece }))).collect()
}

fn numbers(events: &[LogEvent]) -> Vec<u64> {
    events.iter().map(|event| event.sequence).collect()
}

#[tokio::test]
async fn appends_at_the_same_time_leave_no_gap_and_lose_nothing() {
    let ground = Ground::start().await;
    let id = ground.job("a").await.id;
    let lease = ground.take(&id).await;
    let appends: Vec<Vec<NewEvent>> = (0..20).map(|index| pieces(index % 4)).collect();
    for done in join_all(appends.iter().map(|events| lease.append(events))).await {
        done.unwrap();
    }
    assert_eq!(numbers(&ground.jobs.events(&id, 0).await.unwrap()), (1..=30).collect::<Vec<_>>());
    assert_eq!(ground.find(&id).await.last_event, 30);
}

#[tokio::test]
async fn a_successor_goes_on_with_the_next_number() {
    let ground = Ground::start().await;
    let id = ground.job("a").await.id;
    ground.take(&id).await.append(&pieces(3)).await.unwrap();
    ground.pass(crate::LEASE);
    let successor = ground.take(&id).await;
    successor.append(&pieces(2)).await.unwrap();
    assert_eq!(numbers(&ground.jobs.events(&id, 0).await.unwrap()), [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn a_log_is_read_from_any_number_on_200_events_at_a_time() {
    let ground = Ground::start().await;
    let id = ground.job("a").await.id;
    let lease = ground.take(&id).await;
    for _ in 0..3 {
        lease.append(&pieces(90)).await.unwrap();
    }
    for after in [0, 1, 69, 70, 269, 270, 271, u64::MAX] {
        let expected: Vec<u64> = (after.saturating_add(1)..=270).take(200).collect();
        assert_eq!(numbers(&ground.jobs.events(&id, after).await.unwrap()), expected, "after {after}");
    }
    assert!(ground.jobs.events("job_unknown", 0).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_step_is_stored_once_together_with_what_the_log_tells_of_it() {
    let ground = Ground::start().await;
    let id = ground.job("a").await.id;
    let lease = ground.take(&id).await;
    let progress = Progress { done: 1, total: 2, label: "읽음".to_owned() };
    lease.finish_step("read", &"first", &pieces(2), Some(&progress)).await.unwrap();
    let before = ground.everything().await;
    assert!(matches!(lease.finish_step("read", &"second", &pieces(2), None).await, Err(LeaseError::Lost(_))));
    assert_eq!(ground.everything().await, before);
    assert_eq!(lease.finished_step::<String>("read").await.unwrap().as_deref(), Some("first"));
    assert_eq!(ground.find(&id).await.progress, progress);
}

#[tokio::test]
async fn the_end_and_the_result_come_together_or_not_at_all() {
    let ground = Ground::start().await;
    let id = ground.job("a").await.id;
    let table = ground.jobs.table();
    let result = Key::new("RESULT", "1");
    table.put_new(&result, &json!({ "by": "somebody else" })).await.unwrap();
    let put = table.transact_put(&result, &json!({ "by": "the job" })).unwrap();
    let put = table.part(put.condition_expression("attribute_not_exists(pk)").build()).unwrap();
    let before = (ground.find(&id).await.last_event, Status::Running);
    let refused = ground.take(&id).await.succeed(Status::Succeeded, &json!(1), vec![put.clone()]).await;
    assert!(matches!(refused, Err(LeaseError::Lost(_))));
    let job = ground.find(&id).await;
    assert_eq!((job.last_event, job.status), before);

    table.delete_all([result]).await.unwrap();
    ground.pass(crate::LEASE);
    ground.take(&id).await.succeed(Status::Succeeded, &json!(1), vec![put]).await.unwrap();
    let events = ground.jobs.events(&id, 0).await.unwrap();
    assert_eq!((events.len(), events[0].kind), (1, EventKind::Done));
    assert_eq!(ground.find(&id).await.result.as_deref(), Some("1"));
}

#[tokio::test]
async fn a_failure_is_the_last_event_of_its_log() {
    let ground = Ground::start().await;
    let id = ground.job("a").await.id;
    let lease = ground.take(&id).await;
    lease.append(&pieces(1)).await.unwrap();
    let failure = Failure { code: "model_unavailable".to_owned(), detail: "Try again.".to_owned() };
    lease.fail(&failure).await.unwrap();
    let events = ground.jobs.events(&id, 1).await.unwrap();
    let told: serde_json::Value = serde_json::from_str(&events[0].data).unwrap();
    assert_eq!((events.len(), events[0].kind), (1, EventKind::Error));
    assert_eq!(told, json!({ "status": "failed", "code": "model_unavailable", "detail": "Try again." }));
    assert_eq!(ground.find(&id).await.error, Some(failure));
}
