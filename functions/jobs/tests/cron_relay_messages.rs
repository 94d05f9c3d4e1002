//! The function that sends the messages whose sender died.

use std::collections::BTreeMap;
use std::time::Duration;

use maru_jobs::JobRequested;
use maru_lambda::{Environment, FromEnvironment};
use maru_messages::{Bus, Envelope, Queue, Recipient};
use maru_outbox::Outbox;
use maru_testing::Maru;
use serde_json::json;

use crate::setup;

/// The outbox, the bus and a queue, as another domain has them.
struct Sender {
    outbox: Outbox,
    bus: Bus,
    nowhere: Queue,
}

impl Sender {
    fn of(maru: &Maru) -> Self {
        let gone = format!("{}/000000000000/NoQueue", maru.stack.aws_url());
        let variables = [("OUTBOX_TABLE", "OutboxTable"), ("EVENT_BUS_NAME", "EventBus")];
        let variables: BTreeMap<String, String> =
            variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let clock = maru.stack.clock().for_functions();
        let environment = Environment::new(variables, maru.stack.sdk_config(), clock);
        Self {
            outbox: Outbox::from_environment(&environment).unwrap(),
            bus: Bus::from_environment(&environment).unwrap(),
            nowhere: Queue::at(&environment, gone),
        }
    }

    /// Commits a message and dies.
    async fn leave(&self, maru: &Maru, to: impl Into<Recipient>) {
        let data = JobRequested { job_id: "job_1".to_owned() };
        let message = Envelope::new("evt_1", JobRequested::TYPE, maru.stack.clock().now(), data);
        let part = self.outbox.post(to, &message).unwrap().part();
        let client = aws_sdk_dynamodb::Client::new(&maru.stack.sdk_config());
        client.transact_write_items().transact_items(part).send().await.unwrap();
    }
}

/// How many events the function put on the bus.
fn published(maru: &Maru) -> u64 {
    let calls = maru.stack.parts().counts.calls();
    let puts = calls.iter().filter(|call| call.operation == "PutEvents" && call.function.is_some());
    puts.map(|call| call.count).sum()
}

#[tokio::test]
async fn what_waits_for_more_than_a_minute_is_sent_once() {
    let maru = setup().frozen().start().await;
    let sender = Sender::of(&maru);
    for _ in 0..40 {
        sender.leave(&maru, &sender.bus).await;
    }
    let fire = async || maru.stack.run_scheduled("cron_relay_messages").await.unwrap().answer;
    assert_eq!(fire().await, json!({ "sent": 0 }));
    maru.stack.clock().advance(Duration::from_millis(60_001));
    assert_eq!(fire().await, json!({ "sent": 40 }));
    assert_eq!(published(&maru), 40);
    assert_eq!(fire().await, json!({ "sent": 0 }));
}

#[tokio::test]
async fn a_message_that_cannot_be_sent_holds_up_no_other_and_raises_an_alarm() {
    let maru = setup().frozen().start().await;
    let sender = Sender::of(&maru);
    sender.leave(&maru, &sender.nowhere).await;
    sender.leave(&maru, &sender.bus).await;
    maru.stack.clock().advance(Duration::from_millis(60_001));
    let invoke =
        || maru.stack.invoke("cron_relay_messages", json!({ "scheduledTime": "2026-01-15T15:10:00Z" }));
    let error = invoke().await.err().unwrap().chain();
    assert!(error.contains("1 messages could not be sent, 1 were"), "{error}");
    assert_eq!(published(&maru), 1);
    assert!(invoke().await.is_ok(), "it waits for another minute");
    maru.stack.clock().advance(Duration::from_millis(60_001));
    assert!(invoke().await.is_err(), "and is not forgotten");
}
