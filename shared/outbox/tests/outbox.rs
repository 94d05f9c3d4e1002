//! Messages against a database and a queue: there if and only if what they tell of is there.
#![expect(clippy::unwrap_used, reason = "a test panics where it cannot go on")]

use std::collections::BTreeMap;
use std::time::Duration;

use aws_sdk_dynamodb::types::TransactWriteItem;
use maru_lambda::{Environment, FromEnvironment};
use maru_messages::{Bus, Envelope, Queue};
use maru_outbox::{Outbox, Relay};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_store::{Key, Table};
use maru_testing::{Maru, Setup};
use serde_json::{Value, json};

/// A stack without functions, on a clock that stands still, with an outbox and a queue that nobody consumes.
struct Ground {
    maru: Maru,
    outbox: Outbox,
    relay: Relay,
    queue: Queue,
    table: Table,
    environment: Environment,
}

impl Ground {
    async fn start() -> Self {
        let maru = Setup::new(Vec::new()).frozen().start().await;
        let queue = format!("{}/{}/ReportQueue", maru.stack.aws_url(), maru_stack::template::ACCOUNT);
        let variables =
            [("OUTBOX_TABLE", "OutboxTable"), ("QUEUE_URL", queue.as_str()), ("EVENT_BUS_NAME", "EventBus")];
        let variables: BTreeMap<String, String> =
            variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let clock = maru.stack.clock().for_functions();
        let environment = Environment::new(variables, maru.stack.sdk_config(), clock);
        Self {
            outbox: Outbox::from_environment(&environment).unwrap(),
            relay: Relay::from_environment(&environment).unwrap(),
            queue: Queue::open(&environment, "QUEUE_URL").unwrap(),
            table: Table::open(&environment, "OUTBOX_TABLE").unwrap(),
            maru,
            environment,
        }
    }

    fn message(&self, name: &str) -> Envelope<Value> {
        Envelope::new(name, "test.happened", self.table.clock().now(), json!({ "name": name }))
    }

    /// A change of state, which is possible once.
    fn change(&self) -> TransactWriteItem {
        let put = self.table.transact_put(&Key::new("STATE", "x"), &json!({ "changed": true })).unwrap();
        self.table.part(put.condition_expression("attribute_not_exists(pk)").build()).unwrap()
    }

    /// How many messages the queue has.
    fn sent(&self) -> usize {
        let queues = self.maru.stack.parts().queues();
        queues.into_iter().find(|report| report.name == "ReportQueue").unwrap().visible
    }

    fn fail(&self, target: FaultTarget, kind: FaultKind, times: u32) {
        self.maru.stack.parts().faults.push(Fault::new(target, kind, times));
    }

    fn pass_a_minute(&self) {
        self.maru.stack.clock().advance(Duration::from_millis(60_001));
    }

    /// Lets the relay look once; gives for each message that it found whether it was sent.
    async fn relay(&self) -> Vec<bool> {
        let mut sent = Vec::new();
        for waiting in self.relay.waiting(self.table.clock().now()).await.unwrap() {
            sent.push(self.relay.forward(waiting).await.unwrap());
        }
        sent
    }
}

#[tokio::test]
async fn a_message_is_sent_once_when_its_change_is_committed() {
    let ground = Ground::start().await;
    let posted = ground.outbox.post(&ground.queue, &ground.message("a")).unwrap();
    ground.table.transact(vec![ground.change(), posted.part()]).await.unwrap().unwrap();
    ground.outbox.send(posted).await;
    assert_eq!(ground.sent(), 1);
    ground.pass_a_minute();
    assert_eq!(ground.relay().await, [] as [bool; 0], "nothing is left");
}

#[tokio::test]
async fn a_change_that_is_refused_leaves_no_message() {
    let ground = Ground::start().await;
    ground.table.transact(vec![ground.change()]).await.unwrap().unwrap();
    let posted = ground.outbox.post(&ground.queue, &ground.message("a")).unwrap();
    assert!(ground.table.transact(vec![ground.change(), posted.part()]).await.unwrap().is_err());
    ground.pass_a_minute();
    assert_eq!(ground.relay().await, [] as [bool; 0]);
}

#[tokio::test]
async fn a_sender_that_dies_after_the_commit_is_stood_in_for_after_a_minute() {
    let ground = Ground::start().await;
    let posted = ground.outbox.post(&ground.queue, &ground.message("a")).unwrap();
    ground.table.transact(vec![posted.part()]).await.unwrap().unwrap();
    ground.maru.stack.clock().advance(Duration::from_millis(59_999));
    assert_eq!(ground.relay().await, [] as [bool; 0], "its sender may still be at it");
    ground.maru.stack.clock().advance(Duration::from_millis(2));
    assert_eq!(ground.relay().await, [true]);
    assert_eq!(ground.sent(), 1);
    assert_eq!(ground.relay().await, [] as [bool; 0]);
}

#[tokio::test]
async fn a_message_that_its_sender_cannot_send_is_sent_by_the_relay() {
    let ground = Ground::start().await;
    let posted = ground.outbox.post(&ground.queue, &ground.message("a")).unwrap();
    ground.table.transact(vec![posted.part()]).await.unwrap().unwrap();
    // The client tries three times.
    ground.fail(FaultTarget::Queue, FaultKind::Error, 3);
    ground.outbox.send(posted).await;
    assert_eq!(ground.sent(), 0);
    ground.pass_a_minute();
    assert_eq!(ground.relay().await, [true]);
    assert_eq!(ground.sent(), 1);
}

#[tokio::test]
async fn a_message_whose_item_could_not_be_deleted_is_sent_twice_with_the_same_id() {
    let ground = Ground::start().await;
    let posted = ground.outbox.post(&ground.queue, &ground.message("a")).unwrap();
    ground.table.transact(vec![posted.part()]).await.unwrap().unwrap();
    let fault = Fault::new(FaultTarget::Database, FaultKind::Error, 3).of_operation("DeleteItem");
    ground.maru.stack.parts().faults.push(fault);
    ground.outbox.send(posted).await;
    ground.pass_a_minute();
    assert_eq!(ground.relay().await, [true]);
    assert_eq!(ground.sent(), 2, "consumers know it by its id");
}

#[tokio::test]
async fn what_can_never_be_sent_waits_behind_the_others_and_is_not_lost() {
    let ground = Ground::start().await;
    let gone = Queue::at(&ground.environment, format!("{}/0/NoQueue", ground.maru.stack.aws_url()));
    let poison = ground.outbox.post(&gone, &ground.message("poison")).unwrap();
    ground.table.transact(vec![poison.part()]).await.unwrap().unwrap();
    for round in 0..3 {
        let good = ground.outbox.post(&ground.queue, &ground.message(&round.to_string())).unwrap();
        ground.table.transact(vec![good.part()]).await.unwrap().unwrap();
        ground.pass_a_minute();
        let mut sent = ground.relay().await;
        sent.sort_unstable();
        assert_eq!(sent, [false, true], "round {round}");
        assert_eq!(ground.relay().await, [] as [bool; 0], "it waits for another minute");
    }
    assert_eq!(ground.sent(), 3);
}

#[tokio::test]
async fn an_event_goes_to_the_bus() {
    let ground = Ground::start().await;
    let bus = Bus::from_environment(&ground.environment).unwrap();
    let posted = ground.outbox.post(&bus, &ground.message("a")).unwrap();
    ground.table.transact(vec![posted.part()]).await.unwrap().unwrap();
    ground.outbox.send(posted).await;
    let calls = ground.maru.stack.parts().counts.calls();
    let published = calls.iter().find(|call| call.operation == "PutEvents").unwrap();
    assert_eq!((published.resource.as_str(), published.count), ("EventBus", 1));
    ground.pass_a_minute();
    assert_eq!(ground.relay().await, [] as [bool; 0]);
}

#[tokio::test]
async fn all_of_many_that_wait_are_found_in_the_end() {
    let ground = Ground::start().await;
    for index in 0..100 {
        let posted = ground.outbox.post(&ground.queue, &ground.message(&index.to_string())).unwrap();
        ground.table.transact(vec![posted.part()]).await.unwrap().unwrap();
    }
    ground.pass_a_minute();
    let mut sent = 0;
    while let found @ 1.. = ground.relay().await.len() {
        sent += found;
    }
    assert_eq!((sent, ground.sent()), (100, 100));
}
