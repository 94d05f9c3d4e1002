//! What a request under an `Idempotency-Key` carries on that others left unanswered.

use std::time::Duration;

use http::{HeaderMap, StatusCode};
use maru_lambda::Reply;
use maru_lambda::http::call::Request;
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_store::Attempt;
use serde_json::json;
use tokio::sync::Notify;

use crate::Ground;
use crate::idempotency::{LEASE, request};

impl Ground {
    /// A request whose work ends with `status`: which comment it would have made, and whether it was told that
    /// another request went before. None when it was not asked.
    async fn attempt(&self, request: &Request, status: u16) -> Option<(String, bool)> {
        let mut seen = None;
        let work = async |attempt: Attempt| {
            seen = Some((attempt.id("cmt"), attempt.is_repeated()));
            Ok(Reply::json(StatusCode::from_u16(status).unwrap(), &json!({})))
        };
        self.table.idempotent("create_thing", request, work).await.unwrap();
        seen
    }
}

#[tokio::test]
async fn who_takes_over_makes_what_the_first_would_have_made() {
    let ground = Ground::start().await;
    let request = request("k", "a");
    let (first, repeated) = ground.attempt(&request, 503).await.unwrap();
    assert!(first.starts_with("cmt_") && !repeated, "{first}");
    assert_eq!(ground.attempt(&request, 503).await, Some((first.clone(), true)), "after a failure");
    // After the death of the second.
    let at_work = Notify::new();
    let dying = ground.table.idempotent("create_thing", &request, async |_| {
        at_work.notify_one();
        std::future::pending().await
    });
    tokio::select! {
        _ = dying => panic!("it never ends"),
        () = at_work.notified() => {}
    }
    ground.maru.stack.clock().advance(LEASE);
    assert_eq!(ground.attempt(&request, 201).await, Some((first, true)));
    assert_eq!(ground.attempt(&request, 201).await, None, "it is done");
}

#[tokio::test]
async fn another_key_a_forgotten_one_and_none_are_attempts_of_their_own() {
    let ground = Ground::start().await;
    let without = Request { headers: HeaderMap::new(), ..request("k", "a") };
    let mut seen = Vec::new();
    for request in [request("k", "a"), request("l", "a"), without.clone(), without] {
        seen.push(ground.attempt(&request, 201).await.unwrap());
    }
    ground.maru.stack.clock().advance(Duration::from_secs(24 * 3_600));
    seen.push(ground.attempt(&request("k", "a"), 201).await.unwrap());
    assert!(seen.iter().all(|(_, repeated)| !repeated), "{seen:?}");
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 5, "{seen:?}");
}

/// Our own write, of which we hear that its condition does not hold, because it was sent twice.
#[tokio::test]
async fn a_lost_answer_of_the_database_neither_hides_nor_changes_the_attempt() {
    let ground = Ground::start().await;
    let lost = || {
        let lost = Fault::new(FaultTarget::Database, FaultKind::LostAnswer, 1);
        ground.maru.stack.parts().faults.push(lost.of_operation("UpdateItem"));
    };
    let request = request("k", "a");
    lost();
    let (first, repeated) = ground.attempt(&request, 503).await.unwrap();
    assert!(!repeated);
    // The first update of the second is refused anyway; what it loses is the one that takes over.
    ground.maru.stack.parts().faults.clear();
    let refused = Fault::new(FaultTarget::Database, FaultKind::Delay, 1).with_delay(Duration::ZERO);
    ground.maru.stack.parts().faults.push(refused.of_operation("UpdateItem"));
    lost();
    assert_eq!(ground.attempt(&request, 201).await, Some((first, true)));
}
