//! Watching from any point of a log that is complete.

use maru_auth::Role;
use maru_jobs::{EventKind, NewEvent, Status};
use serde_json::{Value, json};

use super::{ended, running};
use crate::{OWNER, jobs_of, setup};
use maru_testing::watcher::{complete_events, last_seen, request, watch};

#[tokio::test]
async fn a_watcher_that_comes_after_the_end_gets_the_whole_log() {
    let maru = setup().start().await;
    let id = ended(&jobs_of(&maru), "a").await;
    let events = complete_events(&watch(request(&maru, &id, &maru.token(OWNER, Role::User))).await);
    let told: Vec<(u64, &str, &Value)> =
        events.iter().map(|event| (event.id, event.kind.as_str(), &event.data)).collect();
    let expected = [
        (1, "progress", json!({ "done": 1, "total": 2, "label": "리뷰를 읽는 중 📚" })),
        (2, "delta", json!({ "text": "강의가 좋았습니다.\n\n" })),
        (3, "delta", json!({ "text": "data: 가짜\n\nid: 99\n\n" })),
        (4, "delta", json!({ "text": "끝 \u{2028}✅" })),
        (5, "item", json!({ "section": "overall" })),
        (6, "done", json!({ "status": "succeeded", "result": { "reportId": "rpt_1" } })),
    ];
    assert_eq!(told, expected.iter().map(|(id, kind, data)| (*id, *kind, data)).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_stream_cut_at_any_byte_and_resumed_gives_each_event_once() {
    let maru = setup().start().await;
    let id = ended(&jobs_of(&maru), "a").await;
    let owner = maru.token(OWNER, Role::User);
    let whole = watch(request(&maru, &id, &owner)).await;
    let all = complete_events(&whole);
    // What a resumed watcher gets depends only on the number it sends: one stream for each is enough.
    let mut by_header = vec![all.clone()];
    for last in 1..6 {
        let rest = watch(request(&maru, &id, &owner).header("last-event-id", last.to_string())).await;
        by_header.push(complete_events(&rest));
    }
    by_header.push(Vec::new());
    for cut in 0..=whole.len() {
        let seen = complete_events(&whole[..cut]);
        let rest = &by_header[usize::try_from(last_seen(&seen)).unwrap()];
        assert_eq!([seen.as_slice(), rest].concat(), all, "cut at byte {cut}");
    }
}

#[tokio::test]
async fn the_query_resumes_as_the_header_does_and_the_header_goes_before() {
    let maru = setup().start().await;
    let id = ended(&jobs_of(&maru), "a").await;
    let owner = maru.token(OWNER, Role::User);
    let all = complete_events(&watch(request(&maru, &id, &owner)).await);
    for after in 0..6 {
        let asked = || request(&maru, &id, &owner).query(&[("after", after)]);
        assert_eq!(complete_events(&watch(asked()).await), all[after..], "after {after}");
        let both = asked().header("last-event-id", "4");
        assert_eq!(complete_events(&watch(both).await), all[4..], "after {after} and last 4");
    }
}

#[tokio::test]
async fn a_log_longer_than_one_read_comes_whole_and_in_order() {
    let maru = setup().start().await;
    let lease = running(&jobs_of(&maru), "a").await;
    let id = lease.job().id.clone();
    for _ in 0..5 {
        let texts =
            (0..90).map(|piece| NewEvent::new(EventKind::Delta, json!({ "text": piece.to_string() })));
        lease.append(&texts.collect::<Vec<_>>()).await.unwrap();
    }
    lease.succeed(Status::Succeeded, &json!({}), Vec::new()).await.unwrap();
    let events = complete_events(&watch(request(&maru, &id, &maru.token(OWNER, Role::User))).await);
    assert!(events.iter().map(|event| event.id).eq(1..=455));
}
