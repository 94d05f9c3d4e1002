//! `Idempotency-Key`: the work is done once, and its answer given to all who ask.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::FutureExt;
use futures::future::join_all;
use http::{HeaderMap, StatusCode};
use maru_lambda::http::call::Request;
use maru_lambda::{Problem, Reply};
use serde_json::json;
use tokio::sync::Notify;

use crate::Ground;

/// How long a holder may work before another takes over: what the tests hold the code to.
pub const LEASE: Duration = Duration::from_secs(30);

pub fn request(key: &str, body: &str) -> Request {
    let mut headers = HeaderMap::new();
    headers.insert("idempotency-key", key.parse().unwrap());
    Request {
        now: jiff::Timestamp::UNIX_EPOCH,
        raw_path: "/things".to_owned(),
        headers,
        cookies: Vec::new(),
        source_ip: "192.0.2.1".to_owned(),
        fingerprint: body.to_owned(),
        account: Some("usr_1".to_owned()),
    }
}

/// Work that counts how often it is done, and says which time it was.
#[derive(Default)]
struct Work(AtomicUsize);

impl Work {
    fn done(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    async fn answer(&self, status: u16) -> Result<Reply, Problem> {
        let time = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        let reply = Reply::json(StatusCode::from_u16(status).unwrap(), &json!({ "time": time }));
        Ok(reply.with_header(http::header::ETAG, http::HeaderValue::from_static("\"1\"")))
    }
}

impl Ground {
    async fn ask(&self, request: &Request, work: &Work) -> Result<Reply, Problem> {
        self.table.idempotent("create_thing", request, async |_| work.answer(202).await).await
    }
}

fn is_replayed(reply: &Reply) -> bool {
    reply.headers.get("idempotency-replayed").is_some_and(|value| value == "true")
}

#[tokio::test]
async fn the_stored_answer_is_given_again_and_says_so() {
    let ground = Ground::start().await;
    let work = Work::default();
    let first = ground.ask(&request("k", "a"), &work).await.unwrap();
    let again = ground.ask(&request("k", "a"), &work).await.unwrap();
    assert_eq!(work.done(), 1);
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    for (name, value) in &first.headers {
        assert_eq!(again.headers.get(name), Some(value), "{name}");
    }
    assert_eq!((is_replayed(&first), is_replayed(&again)), (false, true));
}

#[tokio::test]
async fn without_a_key_each_request_is_its_own() {
    let ground = Ground::start().await;
    let work = Work::default();
    let request = Request { headers: HeaderMap::new(), ..request("k", "a") };
    for _ in 0..2 {
        ground.ask(&request, &work).await.unwrap();
    }
    assert_eq!(work.done(), 2);
}

#[tokio::test]
async fn refuses_the_key_with_another_request() {
    let ground = Ground::start().await;
    let work = Work::default();
    ground.ask(&request("k", "a"), &work).await.unwrap();
    let problem = ground.ask(&request("k", "b"), &work).await.unwrap_err();
    assert_eq!((problem.status.as_u16(), problem.code), (422, "idempotency_mismatch"));
    assert_eq!(work.done(), 1);
}

#[tokio::test]
async fn refuses_a_key_that_is_none() {
    let ground = Ground::start().await;
    let work = Work::default();
    for broken in ["", " ", "a b", "\t", &"x".repeat(256)] {
        let problem = ground.ask(&request(broken, "a"), &work).await.unwrap_err();
        assert_eq!((problem.status.as_u16(), problem.code), (400, "invalid_idempotency_key"), "{broken:?}");
    }
    let mut korean = request("k", "a");
    korean.headers.insert("idempotency-key", "한글".as_bytes().try_into().unwrap());
    assert_eq!(ground.ask(&korean, &work).await.unwrap_err().code, "invalid_idempotency_key");
    assert_eq!(work.done(), 0);
    ground.ask(&request(&"x".repeat(255), "a"), &work).await.unwrap();
}

#[tokio::test]
async fn the_same_key_of_another_caller_or_function_is_another_key() {
    let ground = Ground::start().await;
    let work = Work::default();
    let guest = |address: &str| Request { account: None, source_ip: address.to_owned(), ..request("k", "a") };
    let other = Request { account: Some("usr_2".to_owned()), ..request("k", "b") };
    for request in [request("k", "a"), other, guest("192.0.2.1"), guest("192.0.2.2")] {
        assert!(!is_replayed(&ground.ask(&request, &work).await.unwrap()));
    }
    ground
        .table
        .idempotent("create_other", &request("k", "a"), async |_| work.answer(201).await)
        .await
        .unwrap();
    assert_eq!(work.done(), 5);
}

#[tokio::test]
async fn ten_at_once_join_the_first_and_get_its_answer() {
    let ground = Ground::start().await;
    let (work, go) = (Work::default(), Notify::new());
    let request = request("k", "a");
    let ask = || async {
        let slow = async |_| {
            go.notified().await;
            work.answer(202).await
        };
        ground.table.idempotent("create_thing", &request, slow).await.unwrap()
    };
    let (replies, ()) = tokio::join!(join_all((0..10).map(|_| ask())), async { go.notify_one() });
    assert_eq!(work.done(), 1);
    assert!(replies.iter().all(|reply| reply.body == replies[0].body));
    assert_eq!(replies.iter().filter(|reply| is_replayed(reply)).count(), 9);
}

#[tokio::test]
async fn whoever_died_at_work_is_followed_after_its_lease_and_not_before() {
    let ground = Ground::start().await;
    let work = Work::default();
    let request = request("k", "a");
    {
        let dying = ground.table.idempotent("create_thing", &request, async |_| std::future::pending().await);
        let mut dying = std::pin::pin!(dying);
        // It has the record as soon as an equal request has to wait.
        while ground
            .table
            .query_all::<serde_json::Value>(ground.table.query("IDEMPOTENCY#usr_1#create_thing"))
            .await
            .unwrap()
            .is_empty()
        {
            assert!(dying.as_mut().now_or_never().is_none());
            tokio::task::yield_now().await;
        }
    }
    let mut successor = std::pin::pin!(ground.ask(&request, &work));
    ground.maru.stack.clock().advance(LEASE - Duration::from_millis(1));
    let waiting = tokio::time::timeout(Duration::from_millis(300), &mut successor).await;
    assert!(waiting.is_err() && work.done() == 0, "the lease is not over");
    ground.maru.stack.clock().advance(Duration::from_millis(1));
    let reply =
        tokio::time::timeout(Duration::from_secs(20), successor).await.expect("it takes over").unwrap();
    assert_eq!((work.done(), is_replayed(&reply)), (1, false));
    assert!(is_replayed(&ground.ask(&request, &work).await.unwrap()));
}

#[tokio::test]
async fn a_late_holder_does_not_replace_the_answer_of_its_successor() {
    let ground = Ground::start().await;
    let (work, at_work, go) = (Work::default(), Notify::new(), Notify::new());
    let request = request("k", "a");
    let late = async {
        let slow = async |_| {
            at_work.notify_one();
            go.notified().await;
            Ok(Reply::json(StatusCode::CREATED, &json!("too late")))
        };
        ground.table.idempotent("create_thing", &request, slow).await.unwrap()
    };
    let successor = async {
        at_work.notified().await;
        ground.maru.stack.clock().advance(LEASE);
        let reply = ground.ask(&request, &work).await.unwrap();
        go.notify_one();
        reply
    };
    let (_, kept) = tokio::join!(late, successor);
    assert_eq!(ground.ask(&request, &work).await.unwrap().body, kept.body);
}

#[tokio::test]
async fn what_may_pass_is_not_kept_and_what_will_not_is() {
    for (status, kept) in [(500, false), (503, false), (429, false), (400, true), (404, true), (200, true)] {
        let ground = Ground::start().await;
        let (work, request) = (Work::default(), request("k", "a"));
        for _ in 0..2 {
            ground
                .table
                .idempotent("create_thing", &request, async |_| work.answer(status).await)
                .await
                .unwrap();
        }
        assert_eq!(work.done(), if kept { 1 } else { 2 }, "{status}");
    }
}

#[tokio::test]
async fn a_refusal_is_kept_like_any_answer() {
    let ground = Ground::start().await;
    let request = request("k", "a");
    let refused = async |_| Err(Problem::conflict("sold_out", "There is none left."));
    let first = ground.table.idempotent("create_thing", &request, refused).await.unwrap();
    let again = ground
        .table
        .idempotent("create_thing", &request, async |_| std::future::pending().await)
        .await
        .unwrap();
    assert_eq!((again.status, &again.body), (StatusCode::CONFLICT, &first.body));
    assert_eq!(again.headers["content-type"], "application/problem+json");
}

#[tokio::test]
async fn an_answer_is_forgotten_after_24_hours() {
    let ground = Ground::start().await;
    let work = Work::default();
    ground.ask(&request("k", "a"), &work).await.unwrap();
    ground.maru.stack.clock().advance(Duration::from_secs(24 * 3_600 - 1));
    assert!(is_replayed(&ground.ask(&request("k", "a"), &work).await.unwrap()));
    ground.maru.stack.clock().advance(Duration::from_secs(1));
    assert!(!is_replayed(&ground.ask(&request("k", "b"), &work).await.unwrap()), "also for another request");
}
