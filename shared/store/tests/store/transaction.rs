//! Several writes, all or none.

use futures::future::join_all;
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_store::{Key, Outcome, integer};
use serde_json::{Value, json};

use crate::Ground;

fn key(name: &str) -> Key {
    Key::new("THING", name)
}

#[tokio::test]
async fn one_failed_condition_undoes_all_and_is_named() {
    let ground = Ground::start().await;
    let table = &ground.table;
    table.put_new(&key("taken"), &json!({ "by": "the first" })).await.unwrap();
    let put = |name| {
        let put = table.transact_put(&key(name), &json!({ "by": "the second" })).unwrap();
        table.part(put.condition_expression("attribute_not_exists(pk)").build()).unwrap()
    };
    let cancelled = table.transact(vec![put("free"), put("taken")]).await.unwrap().unwrap_err();
    assert_eq!(
        (cancelled.failed_at(0), cancelled.failed_at(1), cancelled.failed_at(2)),
        (false, true, false)
    );
    let stands: Value = table.decode(cancelled.failed[1].clone().unwrap()).unwrap();
    assert_eq!(stands["by"], "the first");
    assert_eq!(table.get::<Value>(&key("free"), true).await.unwrap(), None);
}

#[tokio::test]
async fn a_transaction_whose_answer_was_lost_is_carried_out_once() {
    let ground = Ground::start().await;
    let table = &ground.table;
    let lost = Fault::new(FaultTarget::Database, FaultKind::LostAnswer, 1).of_operation("TransactWriteItems");
    ground.maru.stack.parts().faults.push(lost);
    let add = table.transact_update(&key("counter")).update_expression("ADD amount :one");
    let add = table.part(add.expression_attribute_values(":one", integer(1)).build()).unwrap();
    table.transact(vec![add]).await.unwrap().unwrap();
    assert_eq!(table.get::<Value>(&key("counter"), true).await.unwrap().unwrap()["amount"], 1);
}

#[tokio::test]
async fn transactions_that_meet_are_all_carried_out() {
    let ground = Ground::start().await;
    let table = &ground.table;
    let add = || {
        let add = table.transact_update(&key("counter")).update_expression("ADD amount :one");
        table.part(add.expression_attribute_values(":one", integer(1)).build()).unwrap()
    };
    for done in join_all((0..20).map(|_| table.transact(vec![add()]))).await {
        done.unwrap().unwrap();
    }
    assert_eq!(table.get::<Value>(&key("counter"), true).await.unwrap().unwrap()["amount"], 20);
}

#[tokio::test]
async fn of_ten_who_put_the_same_new_item_one_succeeds_and_the_others_see_it() {
    let ground = Ground::start().await;
    let items: Vec<Value> = (0..10).map(|number| json!({ "number": number })).collect();
    let at = key("new");
    let outcomes = join_all(items.iter().map(|item| ground.table.put_new(&at, item))).await;
    let outcomes: Vec<Outcome<()>> = outcomes.into_iter().map(Result::unwrap).collect();
    let stands: Value = ground.table.get(&at, true).await.unwrap().unwrap();
    let mut done = 0;
    for outcome in outcomes {
        match outcome {
            Outcome::Done(()) => done += 1,
            Outcome::Refused(item) => {
                assert_eq!(ground.table.decode::<Value>(item.unwrap()).unwrap(), stands);
            }
        }
    }
    assert_eq!(done, 1);
}
