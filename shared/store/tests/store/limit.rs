//! So many per subject and window.

use std::time::Duration;

use futures::future::join_all;
use maru_lambda::{Invocation, Problem};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_store::{Limit, LimitError};

use crate::Ground;

const LIMIT: Limit = Limit { name: "test-limit", per: Duration::from_secs(60), most: 3 };

impl Ground {
    /// Takes one; gives how many are left, or after how many seconds there are some again.
    async fn take(&self, subject: &str) -> Result<u32, u64> {
        match self.table.take(&LIMIT, subject, self.table.clock().now()).await {
            Ok(allowance) => Ok(allowance.left),
            Err(LimitError::Reached { resets_in, .. }) => Err(resets_in),
            Err(error) => panic!("{error}"),
        }
    }
}

#[tokio::test]
async fn of_fifty_at_once_as_many_succeed_as_are_allowed() {
    let ground = Ground::start().await;
    let mut taken: Vec<_> = join_all((0..50).map(|_| ground.take("a"))).await;
    taken.retain(Result::is_ok);
    taken.sort();
    assert_eq!(taken, [Ok(0), Ok(1), Ok(2)]);
}

#[tokio::test]
async fn each_subject_has_its_own_and_each_window_begins_anew() {
    let ground = Ground::start().await;
    // 2026-01-15T15:10:00Z is the first second of a window.
    ground.maru.stack.clock().advance(Duration::from_secs(20));
    for left in [2, 1, 0] {
        assert_eq!(ground.take("a").await, Ok(left));
    }
    assert_eq!(ground.take("a").await, Err(40));
    assert_eq!(ground.take("b").await, Ok(2));
    ground.maru.stack.clock().advance(Duration::from_millis(39_999));
    assert_eq!(ground.take("a").await, Err(1));
    ground.maru.stack.clock().advance(Duration::from_millis(1));
    assert_eq!(ground.take("a").await, Ok(2));
}

#[tokio::test]
async fn what_does_not_count_is_given_back_and_never_more_than_was_taken() {
    let ground = Ground::start().await;
    let now = ground.table.clock().now();
    let first = ground.table.take(&LIMIT, "a", now).await.unwrap();
    let again = first.clone();
    assert_eq!(ground.take("a").await, Ok(1));
    ground.table.give_back(first).await.unwrap();
    assert_eq!(ground.take("a").await, Ok(1));
    for allowance in [again.clone(), again.clone(), again] {
        ground.table.give_back(allowance).await.unwrap();
    }
    assert_eq!(ground.take("a").await, Ok(2), "not below none");
}

#[tokio::test]
async fn a_refusal_is_429_with_what_the_client_has_to_know() {
    let ground = Ground::start().await;
    ground.maru.stack.clock().advance(Duration::from_secs(45));
    for _ in 0..3 {
        ground.take("a").await.unwrap();
    }
    let error = ground.table.take(&LIMIT, "a", ground.table.clock().now()).await.unwrap_err();
    let invocation = Invocation::new("test", "r", None, jiff::Timestamp::MAX);
    let reply = Problem::from(error).into_reply(&invocation);
    assert_eq!(reply.status, 429);
    assert_eq!(reply.headers["retry-after"], "15");
    assert_eq!(reply.headers["ratelimit"], r#""test-limit";r=0;t=15"#);
    assert_eq!(reply.headers["ratelimit-policy"], r#""test-limit";q=3;w=60"#);
}

#[tokio::test]
async fn a_database_that_fails_is_no_refusal() {
    let ground = Ground::start().await;
    ground.maru.stack.parts().faults.push(Fault::new(FaultTarget::Database, FaultKind::Error, 10));
    let error = ground.table.take(&LIMIT, "a", ground.table.clock().now()).await.unwrap_err();
    assert_eq!(Problem::from(error).status, 503);
}
