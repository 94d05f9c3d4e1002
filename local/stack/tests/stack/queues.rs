//! Queues, through the AWS SDK, and the functions that consume them.

use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{
    DeleteMessageBatchRequestEntry, MessageAttributeValue, MessageSystemAttributeName, QueueAttributeName,
    SendMessageBatchRequestEntry,
};
use maru_stack::{Settled, Stack};

use crate::functions::work;
use crate::{PATIENCE, start};

fn client(stack: &Stack) -> Client {
    Client::new(&stack.sdk_config())
}

async fn url(client: &Client, name: &str) -> String {
    client.get_queue_url().queue_name(name).send().await.unwrap().queue_url.unwrap()
}

async fn visible(client: &Client, url: &str) -> String {
    let name = QueueAttributeName::ApproximateNumberOfMessages;
    let answer = client.get_queue_attributes().queue_url(url).attribute_names(name.clone()).send();
    answer.await.unwrap().attributes.unwrap()[&name].clone()
}

#[tokio::test]
async fn a_message_is_received_with_its_attributes_hidden_and_deleted() {
    let (stack, _) = start().await;
    let client = client(&stack);
    let url = url(&client, "PlainQueue").await;
    let attribute = MessageAttributeValue::builder().data_type("String").string_value("v").build().unwrap();
    let sent = client.send_message().queue_url(&url).message_body("마루").message_attributes("a", attribute);
    let sent = sent.send().await.unwrap();
    let received = client.receive_message().queue_url(&url).send().await.unwrap();
    let message = &received.messages()[0];
    assert_eq!((message.body(), message.message_id()), (Some("마루"), sent.message_id()));
    assert_eq!(message.md5_of_body(), sent.md5_of_message_body());
    assert_eq!(message.message_attributes().unwrap()["a"].string_value(), Some("v"));
    let count = &message.attributes().unwrap()[&MessageSystemAttributeName::ApproximateReceiveCount];
    assert_eq!(count, "1");
    assert!(client.receive_message().queue_url(&url).send().await.unwrap().messages().is_empty());

    stack.clock().advance(Duration::from_secs(30));
    let again = client.receive_message().queue_url(&url).send().await.unwrap();
    let entry = DeleteMessageBatchRequestEntry::builder()
        .id("0")
        .receipt_handle(again.messages()[0].receipt_handle().unwrap())
        .build()
        .unwrap();
    let deleted = client.delete_message_batch().queue_url(&url).entries(entry).send().await.unwrap();
    assert_eq!(deleted.successful().len(), 1);
    stack.clock().advance(Duration::from_secs(60));
    assert!(client.receive_message().queue_url(&url).send().await.unwrap().messages().is_empty());
}

#[tokio::test]
async fn a_long_poll_ends_when_a_message_comes_and_a_delay_ends_with_the_clock() {
    let (stack, _) = start().await;
    let client = client(&stack);
    let url = url(&client, "PlainQueue").await;
    client.send_message().queue_url(&url).message_body("later").delay_seconds(60).send().await.unwrap();
    let polling = tokio::spawn(client.receive_message().queue_url(&url).wait_time_seconds(20).send());
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert!(!polling.is_finished());
    stack.clock().advance(Duration::from_secs(60));
    assert_eq!(polling.await.unwrap().unwrap().messages()[0].body(), Some("later"));
}

#[tokio::test]
async fn a_batch_is_consumed_and_only_what_failed_comes_again_until_it_is_dead() {
    let (stack, lab) = start().await;
    let client = client(&stack);
    let url = url(&client, "WorkQueue").await;
    let entry = |name: &str, fails| {
        let entry = SendMessageBatchRequestEntry::builder().id(name).message_body(work(name, fails));
        entry.build().unwrap()
    };
    let batch = client.send_message_batch().queue_url(&url);
    let batch = batch.entries(entry("good", 0)).entries(entry("once", 1)).entries(entry("always", 9));
    assert_eq!(batch.send().await.unwrap().successful().len(), 3);
    assert_eq!(stack.settle(PATIENCE).await, Ok(Settled { later: 2 }));
    stack.clock().advance(Duration::from_secs(60));
    assert_eq!(stack.settle(PATIENCE).await, Ok(Settled { later: 1 }));
    stack.clock().advance(Duration::from_secs(60));
    assert_eq!(stack.settle(PATIENCE).await, Ok(Settled { later: 0 }));
    let mut notes = lab.notes();
    notes.sort();
    assert_eq!(notes, ["always 1", "always 2", "good 1", "once 1", "once 2"]);
    let dead = self::url(&client, "WorkDeadQueue").await;
    assert_eq!(visible(&client, &dead).await, "1");
}

#[tokio::test]
async fn a_consumer_that_hangs_is_stopped_at_its_timeout_and_the_message_comes_again() {
    let (stack, lab) = start().await;
    let client = client(&stack);
    let url = url(&client, "WorkQueue").await;
    client.send_message().queue_url(&url).message_body(work("hang", 1)).send().await.unwrap();
    assert_eq!(stack.settle(PATIENCE).await, Ok(Settled { later: 1 }));
    let report = stack.parts().functions().into_iter().find(|function| function.name == "on_work").unwrap();
    assert!(report.last_error.unwrap().contains("timed out"));
    stack.clock().advance(Duration::from_secs(60));
    assert_eq!(stack.settle(PATIENCE).await, Ok(Settled { later: 0 }));
    assert_eq!(lab.notes(), ["hang 1", "hang 2"]);
}

#[tokio::test]
async fn a_fifo_queue_keeps_the_order_and_stores_a_repeated_message_once() {
    let (stack, _) = start().await;
    let client = client(&stack);
    let url = url(&client, "OrderedQueue.fifo").await;
    for (body, id) in [("first", "1"), ("second", "2"), ("first again", "1")] {
        let send = client.send_message().queue_url(&url).message_body(body).message_group_id("g");
        send.message_deduplication_id(id).send().await.unwrap();
    }
    let received = client.receive_message().queue_url(&url).max_number_of_messages(10).send().await.unwrap();
    let bodies: Vec<_> = received.messages().iter().filter_map(|message| message.body()).collect();
    assert_eq!(bodies, ["first", "second"]);
    let refused = client.send_message().queue_url(&url).message_body("no group").send().await.unwrap_err();
    assert!(format!("{refused:?}").contains("MessageGroupId"), "{refused:?}");
}

#[tokio::test]
async fn a_queue_that_is_not_there_is_refused_as_such() {
    let (stack, _) = start().await;
    let error = client(&stack).get_queue_url().queue_name("nope").send().await.unwrap_err();
    assert!(error.into_service_error().is_queue_does_not_exist());
}
