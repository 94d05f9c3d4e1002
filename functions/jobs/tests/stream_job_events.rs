//! `GET /jobs/{jobId}/events`.

mod access;
mod live;
mod resuming;

use maru_jobs::{EventKind, Jobs, Lease, NewEvent, Progress, Status};
use serde_json::json;

use crate::{OWNER, new_job, start, take};

/// A job that is at work, with some of its log written.
async fn running(jobs: &Jobs, key: &str) -> Lease {
    let id = start(jobs, new_job(Some(OWNER), key)).await.id;
    let lease = take(jobs, &id).await;
    lease.report(&Progress { done: 1, total: 2, label: "리뷰를 읽는 중 📚".to_owned() }).await.unwrap();
    // Line breaks and what looks like the stream's own markup must not break out of their event.
    let texts = ["강의가 좋았습니다.\n\n", "data: 가짜\n\nid: 99\n\n", "끝 \u{2028}✅"];
    let deltas = texts.map(|text| NewEvent::new(EventKind::Delta, json!({ "text": text })));
    lease.append(&deltas).await.unwrap();
    lease
}

/// A job whose log is complete: 6 events.
async fn ended(jobs: &Jobs, key: &str) -> String {
    let lease = running(jobs, key).await;
    let id = lease.job().id.clone();
    lease.append(&[NewEvent::new(EventKind::Item, json!({ "section": "overall" }))]).await.unwrap();
    lease.succeed(Status::Succeeded, &json!({ "reportId": "rpt_1" }), Vec::new()).await.unwrap();
    id
}
