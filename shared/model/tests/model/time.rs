//! The time that a caller has.

use std::time::Duration;

use maru_model::AskError;
use maru_stack::bedrock::FaultKind;
use tokio::time::Instant;

use crate::{Answer, Ground, Stopped, Taken, ask};

const LIMIT: Duration = Duration::from_millis(2_500);

/// Less than what the model itself would be waited for.
const SOON: Duration = Duration::from_secs(20);

fn timed_out((answer, _): &(Result<Answer, Stopped>, Taken)) -> bool {
    matches!(answer, Err(Stopped::Ask(AskError::TimedOut(_))))
}

#[tokio::test]
async fn a_model_that_hangs_is_left_when_the_time_is_over() {
    let ground = Ground::start().await;
    let lease = ground.job().await;
    ground.maru.stack.parts().bedrock.push_fault(FaultKind::Timeout, 1);
    let begun = Instant::now();
    let asked = ask(&ground.model.until(begun + LIMIT), &lease, "section_1").await;
    assert!(timed_out(&asked), "{asked:?}");
    assert!(begun.elapsed() >= LIMIT && begun.elapsed() < SOON, "{:?}", begun.elapsed());
    assert_eq!(ground.ledger(&lease.job().id).await, ["CALL#section_1#ask#000001 unknown"]);
}

#[tokio::test]
async fn what_a_slow_model_had_whole_in_time_was_handed_over() {
    let ground = Ground::of(LIMIT * 2, 1_000_000).await;
    let lease = ground.job().await;
    let asked = ask(&ground.model.until(Instant::now() + LIMIT), &lease, "section_1").await;
    assert!(timed_out(&asked), "{asked:?}");
    let places: Vec<usize> = asked.1.iter().map(|(place, _)| *place).collect();
    assert!(!places.is_empty() && places.len() < 4 && places[0] == 0, "{places:?}");
}

#[tokio::test]
async fn no_call_begins_when_the_time_is_over_but_what_is_paid_for_is_given() {
    let ground = Ground::start().await;
    let lease = ground.job().await;
    let over = ground.model.until(Instant::now());
    let asked = ask(&over.until(Instant::now() + SOON), &lease, "section_1").await;
    assert!(timed_out(&asked), "the earlier limit holds: {asked:?}");
    assert!(ground.calls().is_empty() && ground.ledger(&lease.job().id).await.is_empty());
    let (_, taken) = ground.ask(&lease).await;
    assert_eq!(ask(&over, &lease, "section_1").await.1, taken);
}
