//! A caller that has enough buys no repair.

use std::future::ready;

use garde::Validate;
use maru_jobs::Lease;
use maru_model::{AskError, Wanted};
use maru_stack::bedrock::{FaultKind, Outcome};
use maru_store::{Key, text};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{Answer, Asked, Ground, Stopped, question};

/// An answer that the model's five elements are too many for.
#[derive(Debug, Deserialize, Validate)]
struct Short {
    #[garde(length(max = 2))]
    #[serde(rename = "questions")]
    _questions: Vec<Value>,
}

/// Asks, and has enough with so many elements; gives the answer, and how many came.
async fn ask<A>(ground: &Ground, lease: &Lease, enough: usize) -> (Result<Option<A>, Stopped>, usize)
where
    A: DeserializeOwned + Validate<Context = ()>,
{
    let (question, mut taken) = (question("section_1"), 0);
    let asking = ground.model.ask_items(lease, &question, "questions", |_, _: Asked| {
        taken += 1;
        ready(Ok(if taken < enough { Wanted::More } else { Wanted::Enough }))
    });
    let answer = asking.await;
    (answer, taken)
}

#[tokio::test]
async fn an_answer_outside_the_rules_is_left_as_it_is_and_its_tokens_are_booked() {
    let ground = Ground::start().await;
    let lease = ground.job().await;
    let (answer, taken) = ask::<Short>(&ground, &lease, 2).await;
    assert!(matches!(answer, Ok(None)), "{answer:?}");
    assert_eq!(taken, 2, "nothing is handed over after it");
    assert_eq!(ground.outcomes(), [Outcome::Answered]);
    let job = ground.jobs.find(&lease.job().id).await.unwrap().unwrap();
    assert_eq!(job.usage.output_tokens, ground.calls()[0].output_tokens);
}

#[tokio::test]
async fn whoever_has_not_enough_buys_the_repair() {
    let ground = Ground::start().await;
    let lease = ground.job().await;
    let (answer, _) = ask::<Short>(&ground, &lease, usize::MAX).await;
    assert!(matches!(answer, Err(Stopped::Ask(AskError::OutsideSchema(_)))), "{answer:?}");
    assert_eq!(ground.calls().len(), 2);
}

#[tokio::test]
async fn enough_of_a_repair_is_enough() {
    let ground = Ground::start().await;
    let lease = ground.job().await;
    ground.maru.stack.parts().bedrock.push_fault(FaultKind::Garbage, 1);
    let (answer, taken) = ask::<Short>(&ground, &lease, 1).await;
    assert!(matches!(answer, Ok(None)), "{answer:?}");
    assert_eq!((taken, ground.outcomes()), (1, vec![Outcome::Garbage, Outcome::Answered]));
}

#[tokio::test]
async fn a_good_answer_is_given_whole_all_the_same() {
    let ground = Ground::start().await;
    let lease = ground.job().await;
    let (answer, taken) = ask::<Answer>(&ground, &lease, 1).await;
    assert_eq!((answer.unwrap().unwrap().questions.len(), taken), (5, 1));
}

#[tokio::test]
async fn an_answer_that_is_cut_off_behind_what_is_wanted_is_not_asked_for_again() {
    let ground = Ground::start().await;
    let lease = ground.job().await;
    ask::<Answer>(&ground, &lease, 1).await.0.unwrap();
    let id = &lease.job().id;
    cut(&ground, id).await;
    let successor = ground.take_over(id).await;
    let (answer, taken) = ask::<Answer>(&ground, &successor, 3).await;
    assert!(matches!(answer, Ok(None)), "{answer:?}");
    assert_eq!((taken, ground.calls().len()), (3, 1));
}

/// Lets the answer that the ledger has be cut off within its last element, as by `max_tokens`.
async fn cut(ground: &Ground, id: &str) {
    let entry = ground.entries(id).await.remove(0);
    let whole = entry["reply"]["input"].as_str().unwrap();
    let last = whole.rfind("\"question\"").unwrap();
    let key = Key::new(format!("JOB#{id}"), entry["sk"].as_str().unwrap());
    let update = ground.jobs.table().update(&key).update_expression("SET reply.#input = :cut");
    let update = update.expression_attribute_names("#input", "input");
    let update = update.expression_attribute_values(":cut", text(&whole[..last]));
    ground.jobs.table().update_if(update).await.unwrap();
}
