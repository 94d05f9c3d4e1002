//! Many reads in few calls.

use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_store::Key;
use serde_json::{Value, json};

use crate::Ground;

fn key(number: usize) -> Key {
    Key::new(format!("THING#{number}"), "THING")
}

impl Ground {
    async fn fill_things(&self, count: usize) {
        let item = |number: usize| self.table.encode(&key(number), &json!({ "number": number })).unwrap();
        self.table.put_all((0..count).map(item)).await.unwrap();
    }

    async fn things(&self, keys: Vec<Key>) -> Vec<u64> {
        let items: Vec<Value> = self.table.get_all(keys, true).await.unwrap();
        let mut numbers: Vec<u64> = items.iter().map(|item| item["number"].as_u64().unwrap()).collect();
        numbers.sort_unstable();
        numbers
    }
}

#[tokio::test]
async fn those_that_exist_are_read_once_each_in_a_call_for_each_hundred() {
    let ground = Ground::start().await;
    ground.fill_things(150).await;
    let counts = &ground.maru.stack.parts().counts;
    counts.clear();
    let keys = (0..230).chain(0..20).map(key).collect();
    assert_eq!(ground.things(keys).await, (0..150).collect::<Vec<u64>>());
    assert_eq!(counts.calls().iter().map(|call| call.count).sum::<u64>(), 3);
    counts.clear();
    assert_eq!(ground.things(Vec::new()).await, [0; 0]);
    assert_eq!(counts.calls(), []);
}

#[tokio::test]
async fn what_a_call_leaves_unread_is_asked_for_again() {
    let ground = Ground::start().await;
    ground.fill_things(40).await;
    let fault = Fault::new(FaultTarget::Database, FaultKind::Half, 3).of_operation("BatchGetItem");
    ground.maru.stack.parts().faults.push(fault);
    assert_eq!(ground.things((0..40).map(key).collect()).await, (0..40).collect::<Vec<u64>>());
}

#[tokio::test]
async fn what_stays_unread_is_an_error_and_not_missing() {
    let ground = Ground::start().await;
    ground.fill_things(2).await;
    let fault = Fault::new(FaultTarget::Database, FaultKind::Half, 1_000).of_operation("BatchGetItem");
    ground.maru.stack.parts().faults.push(fault);
    let read = ground.table.get_all::<Value>(vec![key(0)], true).await;
    assert!(read.unwrap_err().to_string().contains("did not carry out"));
}
