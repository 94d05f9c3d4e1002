//! What was paid for is not bought again, and comes again as it was.

use std::future::ready;
use std::time::Duration;

use maru_model::Wanted;
use maru_stack::bedrock::Outcome;

use crate::{Answer, Asked, Ground, Stopped, question};

#[tokio::test]
async fn a_successor_gets_all_elements_of_a_settled_answer_again_without_a_call() {
    let ground = Ground::start().await;
    let lease = ground.job().await;
    let (first, taken) = ground.ask(&lease).await;
    let successor = ground.take_over(&lease.job().id).await;
    let (second, again) = ground.ask(&successor).await;
    assert_eq!((second.unwrap(), again), (first.unwrap(), taken));
    assert_eq!(ground.calls().len(), 1);
}

#[tokio::test]
async fn elements_that_the_caller_could_not_take_are_paid_for_once() {
    let ground = Ground::start().await;
    let lease = ground.job().await;
    let mut seen = 0;
    let question = question("section_1");
    let failed = ground.model.ask_items(&lease, &question, "questions", |place, _: Asked| {
        seen += 1;
        ready(if place == 1 { Err(Stopped::Caller) } else { Ok(Wanted::More) })
    });
    let failed: Result<Option<Answer>, Stopped> = failed.await;
    assert!(matches!(failed, Err(Stopped::Caller)), "{failed:?}");
    assert_eq!(seen, 2, "nothing is handed over after it");
    assert_eq!(ground.outcomes(), [Outcome::Answered]);
    let successor = ground.take_over(&lease.job().id).await;
    assert_eq!(ground.ask(&successor).await.1.len(), 4);
    assert_eq!(ground.calls().len(), 1);
}

#[tokio::test]
async fn a_call_that_a_dead_worker_left_open_is_counted_and_another_one_goes_out() {
    let ground = Ground::of(Duration::from_secs(1), 1_000_000).await;
    let lease = ground.job().await;
    let first = question("section_1");
    let (told, heard) = tokio::sync::oneshot::channel();
    let mut told = Some(told);
    let working = ground.model.ask_items(&lease, &first, "questions", |_, _: Asked| {
        told.take().map(|told| told.send(()));
        ready(Ok::<_, Stopped>(Wanted::More))
    });
    let working = async { working.await.map(|_: Option<Answer>| ()) };
    tokio::select! {
        done = working => panic!("it died at the first element: {done:?}"),
        dead = heard => dead.unwrap(),
    }
    let id = lease.job().id.clone();
    let successor = ground.take_over(&id).await;
    assert_eq!(ground.ask(&successor).await.1.len(), 4);
    let ledger = ["CALL#section_1#ask#000001 unknown", "CALL#section_1#ask#000002 settled"];
    assert_eq!(ground.ledger(&id).await, ledger);
    assert_eq!(ground.jobs.find(&id).await.unwrap().unwrap().usage.calls, 2);
}
