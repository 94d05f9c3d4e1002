//! Events of a bus.

use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::types::PutEventsRequestEntry;
use maru_stack::Stack;

use crate::functions::work;
use crate::{PATIENCE, start};

async fn put(stack: &Stack, source: &str, kind: &str, detail: &str) -> i32 {
    let entry = PutEventsRequestEntry::builder().event_bus_name("maru").source(source).detail_type(kind);
    let entries = Client::new(&stack.sdk_config()).put_events().entries(entry.detail(detail).build());
    entries.send().await.unwrap().failed_entry_count()
}

fn dead_letters(stack: &Stack) -> usize {
    let queue = stack.parts().queues().into_iter().find(|queue| queue.name == "EventDeadQueue");
    queue.unwrap().visible
}

#[tokio::test]
async fn an_event_reaches_the_functions_whose_rule_wants_it() {
    let (stack, lab) = start().await;
    assert_eq!(put(&stack, "maru.test", "test.happened", &work("a", 0)).await, 0);
    assert_eq!(put(&stack, "maru.other", "test.happened", &work("b", 0)).await, 0);
    assert_eq!(put(&stack, "maru.test", "other.happened", &work("c", 0)).await, 0);
    assert_eq!(put(&stack, "maru.test", "test.happened", "{not json").await, 1);
    stack.settle(PATIENCE).await.unwrap();
    assert_eq!(lab.notes(), ["a test.work"]);
}

#[tokio::test]
async fn a_failed_event_is_tried_again_and_in_the_end_kept() {
    let (stack, lab) = start().await;
    put(&stack, "maru.test", "test.happened", &work("once", 1)).await;
    stack.settle(PATIENCE).await.unwrap();
    assert_eq!((lab.notes().len(), dead_letters(&stack)), (2, 0));
    put(&stack, "maru.test", "test.happened", &work("always", 9)).await;
    stack.settle(PATIENCE).await.unwrap();
    assert_eq!((lab.notes().len(), dead_letters(&stack)), (4, 1));
}
