//! Many unconditional writes.

use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_store::{Item, Key, StoreError};
use serde_json::{Value, json};

use crate::Ground;

impl Ground {
    fn items(&self, count: usize) -> Vec<Item> {
        let item = |number| self.table.encode(&key(number), &json!({ "number": number })).unwrap();
        (0..count).map(item).collect()
    }

    async fn numbers(&self) -> Vec<u64> {
        let items: Vec<Value> = self.table.query_all(self.table.query("BATCH")).await.unwrap();
        items.iter().map(|item| item["number"].as_u64().unwrap()).collect()
    }

    fn fault(&self, kind: FaultKind, times: u32) {
        let fault = Fault::new(FaultTarget::Database, kind, times).of_operation("BatchWriteItem");
        self.maru.stack.parts().faults.push(fault);
    }
}

fn key(number: usize) -> Key {
    Key::new("BATCH", format!("{number:04}"))
}

#[tokio::test]
async fn any_number_of_items_is_written_and_deleted() {
    let ground = Ground::start().await;
    for count in [0, 1, 25, 26, 60] {
        ground.table.put_all(ground.items(count)).await.unwrap();
        assert_eq!(ground.numbers().await, (0..count as u64).collect::<Vec<_>>(), "{count} items");
        ground.table.delete_all((0..count).map(key)).await.unwrap();
        assert_eq!(ground.numbers().await, [] as [u64; 0], "{count} items");
    }
}

#[tokio::test]
async fn what_the_database_leaves_unprocessed_is_written_again_until_all_is_there() {
    let ground = Ground::start().await;
    ground.fault(FaultKind::Half, 4);
    ground.table.put_all(ground.items(40)).await.unwrap();
    assert_eq!(ground.numbers().await, (0..40).collect::<Vec<_>>());
    assert!(ground.maru.stack.parts().faults.pending().is_empty());
}

#[tokio::test]
async fn a_batch_whose_answer_was_lost_is_written_all_the_same() {
    let ground = Ground::start().await;
    ground.fault(FaultKind::LostAnswer, 1);
    ground.table.put_all(ground.items(3)).await.unwrap();
    assert_eq!(ground.numbers().await, [0, 1, 2]);
}

#[tokio::test]
async fn a_database_that_stays_away_is_said_to_be_unavailable() {
    let ground = Ground::start().await;
    ground.fault(FaultKind::Error, 100);
    let failed = ground.table.put_all(ground.items(3)).await;
    assert!(matches!(failed, Err(StoreError::Unavailable { operation: "BatchWriteItem", .. })), "{failed:?}");
}
