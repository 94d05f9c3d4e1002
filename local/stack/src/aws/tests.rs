//! The endpoint as a whole: who answers, what is counted, faults and crashes.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use aws_sdk_dynamodb::{Client, error::ProvideErrorMetadata, types::AttributeValue};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    sync::Notify,
    task::JoinHandle,
};

use super::{
    Service, arn,
    testing::{self, Endpoint, TABLE},
};
use crate::{
    crash::{CrashPlan, Moment},
    faults::{Fault, FaultKind, FaultTarget},
    template::Statement,
};

fn item(sk: &str) -> std::collections::HashMap<String, AttributeValue> {
    [("pk", "a"), ("sk", sk)]
        .map(|(name, value)| (name.to_owned(), AttributeValue::S(value.to_owned())))
        .into()
}

async fn put(client: &Client, sk: &str) -> Result<(), String> {
    let put = client.put_item().table_name(TABLE).set_item(Some(item(sk))).send().await;
    put.map(|_| ()).map_err(|error| error.code().unwrap_or("no answer").to_owned())
}

async fn is_there(endpoint: &Endpoint, sk: &str) -> bool {
    let client = endpoint.database_client();
    client.get_item().table_name(TABLE).set_key(Some(item(sk))).send().await.unwrap().item.is_some()
}

async fn start() -> Endpoint {
    let all = |action: &str, resource| Statement {
        actions: vec![action.into()],
        resources: vec![resource],
        condition: Value::Null,
    };
    let statements = vec![all("dynamodb:*", arn::table("*")), all("s3:*", arn::object("*", "*"))];
    testing::start_with(BTreeMap::from([("worker".to_owned(), statements)])).await
}

fn worker(endpoint: &Endpoint) -> Client {
    Client::new(&endpoint.function("worker"))
}

#[tokio::test]
async fn calls_are_counted_by_function_operation_and_table() {
    let endpoint = start().await;
    let client = worker(&endpoint);
    put(&client, "1").await.unwrap();
    put(&client, "2").await.unwrap();
    let query = client.query().table_name(TABLE).key_condition_expression("pk = :pk");
    query.expression_attribute_values(":pk", AttributeValue::S("a".into())).send().await.unwrap();
    let calls = endpoint.counts.calls();
    let told: Vec<_> = calls
        .iter()
        .map(|call| (call.function.as_deref(), call.service, &*call.operation, &*call.resource, call.count))
        .collect();
    let function = Some("worker");
    assert_eq!(
        told,
        [
            (function, Service::Database, "PutItem", TABLE, 2),
            (function, Service::Database, "Query", TABLE, 1)
        ]
    );
    endpoint.counts.clear();
    assert!(endpoint.counts.calls().is_empty());
}

#[tokio::test]
async fn queues_and_events_are_reached_by_their_header() {
    let endpoint = start().await;
    for target in ["AmazonSQS.SendMessage", "AWSEvents.PutEvents"] {
        let call =
            reqwest::Client::new().post(endpoint.url()).header("x-amz-target", target).body("{\"a\":1}");
        assert_eq!(call.send().await.unwrap().text().await.unwrap(), "{\"a\":1}");
    }
}

#[tokio::test]
async fn a_body_over_its_limit_is_refused() {
    let endpoint = start().await;
    let body = vec![b' '; super::BODY_LIMIT + 1];
    let call = reqwest::Client::new().post(endpoint.url()).header("x-amz-target", "AmazonSQS.SendMessage");
    assert_eq!(call.body(body).send().await.unwrap().status().as_u16(), 413);
}

#[tokio::test]
async fn throttling_and_errors_have_the_services_own_names_and_then_pass() {
    let endpoint = start().await;
    let client = worker(&endpoint);
    endpoint.faults.push(Fault::new(FaultTarget::Database, FaultKind::Throttle, 1));
    endpoint.faults.push(Fault::new(FaultTarget::Database, FaultKind::Error, 1));
    assert_eq!(put(&client, "1").await, Err("ProvisionedThroughputExceededException".into()));
    assert_eq!(put(&client, "1").await, Err("InternalServerError".into()));
    assert!(!is_there(&endpoint, "1").await);
    put(&client, "1").await.unwrap();
}

#[tokio::test]
async fn a_throttled_bucket_says_slow_down() {
    let endpoint = start().await;
    endpoint.faults.push(Fault::new(FaultTarget::Objects, FaultKind::Throttle, 1));
    let client = testing::objects_client(&endpoint.function("worker"));
    let error = client.get_object().bucket(testing::BUCKET).key("k").send().await.unwrap_err();
    assert_eq!(error.code(), Some("SlowDown"));
}

#[tokio::test]
async fn a_lost_answer_is_of_work_that_was_done() {
    let endpoint = start().await;
    endpoint.faults.push(Fault::new(FaultTarget::Database, FaultKind::LostAnswer, 1));
    assert_eq!(put(&worker(&endpoint), "1").await, Err("no answer".into()));
    assert!(is_there(&endpoint, "1").await);
}

#[tokio::test]
async fn of_a_lost_answer_not_one_byte_arrives() {
    let endpoint = start().await;
    endpoint.faults.push(Fault::new(FaultTarget::Queue, FaultKind::LostAnswer, 1));
    let mut line = tokio::net::TcpStream::connect(endpoint.address).await.unwrap();
    let request =
        "POST / HTTP/1.1\r\nhost: a\r\nx-amz-target: AmazonSQS.SendMessage\r\ncontent-length: 2\r\n\r\n{}";
    line.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let _reset = line.read_to_end(&mut answer).await;
    assert_eq!(answer, b"");
}

#[tokio::test]
async fn a_delayed_call_is_late_and_a_timed_out_one_neither_done_nor_answered() {
    let endpoint = start().await;
    let client = worker(&endpoint);
    let late = Fault::new(FaultTarget::Database, FaultKind::Delay, 1).with_delay(Duration::from_millis(100));
    endpoint.faults.push(late);
    let started = Instant::now();
    put(&client, "1").await.unwrap();
    assert!(started.elapsed() >= Duration::from_millis(100));
    endpoint.faults.push(Fault::new(FaultTarget::Database, FaultKind::Timeout, 1));
    assert!(tokio::time::timeout(Duration::from_millis(100), put(&client, "2")).await.is_err());
    assert!(!is_there(&endpoint, "2").await);
}

/// Runs `work` as the invocation that a crash of `worker` ends.
async fn run_until_killed(endpoint: &Endpoint, work: JoinHandle<()>) -> bool {
    let killed = Arc::new(Notify::new());
    let signal = killed.clone();
    endpoint.crashes.on_crash(Arc::new(move |function| {
        assert_eq!(function, "worker");
        signal.notify_one();
    }));
    let handle = work.abort_handle();
    tokio::select! {
        () = killed.notified() => { handle.abort(); true }
        finished = work => { finished.unwrap(); false }
    }
}

#[tokio::test]
async fn an_invocation_dies_at_each_of_its_calls_in_turn() {
    for moment in [Moment::Before, Moment::After] {
        let mut at_call = 1;
        loop {
            let endpoint = start().await;
            endpoint.crashes.arm(CrashPlan { function: "worker".into(), at_call, operation: None, moment });
            let client = worker(&endpoint);
            let work = tokio::spawn(async move {
                for sk in ["1", "2", "3"] {
                    put(&client, sk).await.unwrap();
                }
            });
            let killed = run_until_killed(&endpoint, work).await;
            assert_eq!(killed, endpoint.crashes.hit());
            let done = if moment == Moment::Before { at_call - 1 } else { at_call };
            for sk in 1..=3 {
                assert_eq!(
                    is_there(&endpoint, &sk.to_string()).await,
                    sk <= done,
                    "{moment:?} {at_call} {sk}"
                );
            }
            if !killed {
                break;
            }
            at_call += 1;
        }
        assert_eq!(at_call, 4);
    }
}
