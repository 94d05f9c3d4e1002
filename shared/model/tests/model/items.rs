//! Elements that are handed over while the answer is written.

use std::future::ready;
use std::time::Duration;

use maru_model::{AskError, Wanted};
use maru_stack::bedrock::{FaultKind, Outcome};
use serde_json::Value;

use crate::{Answer, Asked, CONTENT, Ground, Stopped, question};

#[tokio::test]
async fn an_element_is_handed_over_while_the_model_writes_the_next() {
    let ground = Ground::of(Duration::from_secs(2), 1_000_000).await;
    let lease = ground.job().await;
    let mut outcomes = Vec::new();
    let question = question("section_1");
    let handing = ground.model.ask_items(&lease, &question, "questions", |_, _: Asked| {
        outcomes.push(ground.outcomes()[0]);
        ready(Ok::<_, Stopped>(Wanted::More))
    });
    let _: Option<Answer> = handing.await.unwrap();
    assert_eq!((outcomes.len(), &outcomes[..2]), (4, &[Outcome::Pending; 2][..]));
    assert_eq!(ground.outcomes(), [Outcome::Answered]);
}

#[tokio::test]
async fn each_comes_once_in_order_and_one_outside_the_rules_not_at_all() {
    let ground = Ground::start().await;
    let lease = ground.job().await;
    let (answer, taken) = ground.ask(&lease).await;
    let places: Vec<usize> = taken.iter().map(|(place, _)| *place).collect();
    assert_eq!(places, [0, 1, 3, 4], "the third is about the batch");
    assert!(taken.iter().all(|(_, asked)| CONTENT.contains(&asked.about)));
    let whole = answer.unwrap().questions;
    let of =
        |asked: &Asked| [&asked.question, &asked.answer, &asked.about].map(|text| Value::from(text.as_str()));
    for (place, asked) in &taken {
        assert_eq!(["question", "answer", "about"].map(|name| whole[*place][name].clone()), of(asked));
    }
    let job = ground.jobs.find(&lease.job().id).await.unwrap().unwrap();
    assert_eq!(job.usage.calls, 1);
    assert_eq!(job.usage.output_tokens, ground.calls()[0].output_tokens);
}

#[tokio::test]
async fn a_repaired_answer_hands_its_own_elements_over() {
    let ground = Ground::start().await;
    let lease = ground.job().await;
    ground.maru.stack.parts().bedrock.push_fault(FaultKind::Garbage, 1);
    let (answer, taken) = ground.ask(&lease).await;
    assert_eq!((answer.unwrap().questions.len(), taken.len()), (5, 4));
    assert_eq!(ground.outcomes(), [Outcome::Garbage, Outcome::Answered]);
    let settled = ["CALL#section_1#ask#000001 settled", "CALL#section_1#repair#000001 settled"];
    assert_eq!(ground.ledger(&lease.job().id).await, settled);
}

#[tokio::test]
async fn an_answer_outside_the_schema_twice_hands_nothing_over() {
    let ground = Ground::start().await;
    let lease = ground.job().await;
    ground.maru.stack.parts().bedrock.push_fault(FaultKind::Garbage, 2);
    let (answer, taken) = ground.ask(&lease).await;
    assert!(matches!(answer, Err(Stopped::Ask(AskError::OutsideSchema(_)))), "{answer:?}");
    assert!(taken.is_empty());
}

#[tokio::test]
async fn what_came_before_a_stream_broke_off_stays_handed_over() {
    let ground = Ground::start().await;
    let lease = ground.job().await;
    ground.maru.stack.parts().bedrock.push_fault(FaultKind::StreamError, 1);
    let (answer, taken) = ground.ask(&lease).await;
    assert!(matches!(answer, Err(Stopped::Ask(AskError::Unavailable(_)))), "{answer:?}");
    assert!(taken.is_empty(), "three pieces are no element");
    assert_eq!(ground.ledger(&lease.job().id).await, ["CALL#section_1#ask#000001 unknown"]);
}

#[tokio::test]
async fn no_element_comes_when_the_budget_is_used_up_and_no_call_goes_out() {
    let ground = Ground::of(Duration::ZERO, 100).await;
    let lease = ground.job().await;
    let (answer, taken) = ground.ask(&lease).await;
    assert!(matches!(answer, Err(Stopped::Ask(AskError::BudgetExceeded { limit: 100 }))), "{answer:?}");
    assert!(taken.is_empty() && ground.calls().is_empty());
}
