//! Telling whoever watches, while the model writes.

use std::future::ready;
use std::time::Duration;

use maru_jobs::LeaseError;
use maru_model::{AskError, Wanted};
use maru_stack::bedrock::Outcome;
use maru_stack::faults::{Fault, FaultKind, FaultTarget};

use crate::{Answer, Asked, Ground, Stopped, question};

#[tokio::test]
async fn an_answer_is_paid_for_once_though_nobody_could_be_told_that_it_is_written() {
    let ground = Ground::of(Duration::from_secs(3), 1_000_000).await;
    let lease = ground.job().await;
    let (question, faults) = (question("section_1"), &ground.maru.stack.parts().faults);
    let asking = ground.model.ask_items(&lease, &question, "questions", |place, _: Asked| {
        if place == 0 {
            // The next transaction is the telling after two seconds; the client tries it three times.
            let fault = Fault::new(FaultTarget::Database, FaultKind::Error, 3);
            faults.push(fault.of_operation("TransactWriteItems"));
        }
        ready(Ok::<_, Stopped>(Wanted::More))
    });
    let answer: Option<Answer> = asking.await.unwrap();
    assert!(faults.pending().is_empty(), "it failed");
    assert_eq!(answer.unwrap().questions.len(), 5);
    assert_eq!(ground.outcomes(), [Outcome::Answered]);
    assert_eq!(ground.ledger(&lease.job().id).await, ["CALL#section_1#ask#000001 settled"]);
}

#[tokio::test]
async fn a_worker_that_hears_at_a_telling_that_the_job_is_anothers_stops_reading() {
    let ground = Ground::of(Duration::from_secs(8), 1_000_000).await;
    let lease = ground.job().await;
    let (question, id, mut taken) = (question("section_1"), &lease.job().id, 0);
    let ground = &ground;
    let asking = ground.model.ask_items(&lease, &question, "questions", |place, _: Asked| {
        taken += 1;
        async move {
            if place == 0 {
                ground.take_over(id).await;
            }
            Ok::<_, Stopped>(Wanted::More)
        }
    });
    let answer: Result<Option<Answer>, Stopped> = asking.await;
    assert!(matches!(answer, Err(Stopped::Ask(AskError::Lease(LeaseError::Lost(_))))), "{answer:?}");
    assert!(taken < 4, "it is not read to its end");
}
