//! Snapshots of a database that others are writing to.

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex},
};

use aws_sdk_dynamodb::{Client, types::AttributeValue};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::Snapshots;
use crate::{
    aws::testing::{self, Endpoint, TABLE},
    dynamodb::DynamoDb,
};

struct Stack {
    endpoint: Endpoint,
    queues: Arc<Mutex<Value>>,
    snapshots: Arc<Snapshots>,
    directory: TempDir,
}

async fn start() -> Stack {
    let endpoint = testing::start().await;
    let directory = tempfile::tempdir().unwrap();
    let queues = Arc::new(Mutex::new(json!({ "messages": [] })));
    let state = queues.clone();
    let snapshots = Snapshots::new(
        directory.path().to_owned(),
        endpoint.database.clone(),
        endpoint.gate.clone(),
        Arc::new(move || state.lock().unwrap().clone()),
    );
    Stack { endpoint, queues, snapshots: Arc::new(snapshots), directory }
}

fn key(sk: usize) -> std::collections::HashMap<String, AttributeValue> {
    [("pk", "a".to_owned()), ("sk", format!("{sk:05}"))]
        .map(|(name, value)| (name.to_owned(), AttributeValue::S(value)))
        .into()
}

async fn put(client: &Client, sk: usize) {
    client.put_item().table_name(TABLE).set_item(Some(key(sk))).send().await.unwrap();
}

/// How many items a directory's newest snapshot holds, and the other state in it.
async fn restored(directory: &Path) -> (i32, Option<Value>) {
    let endpoint = testing::start().await;
    let other = Snapshots::restore(directory, &endpoint.database).unwrap();
    (endpoint.database_client().scan().table_name(TABLE).send().await.unwrap().count(), other)
}

fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn what_was_saved_is_restored() {
    let stack = start().await;
    put(&stack.endpoint.database_client(), 1).await;
    *stack.queues.lock().unwrap() = json!({ "messages": ["one"] });
    assert!(stack.snapshots.save().await.unwrap());
    assert_eq!(restored(stack.directory.path()).await, (1, Some(json!({ "messages": ["one"] }))));
}

#[tokio::test]
async fn without_a_snapshot_nothing_is_restored() {
    let directory = tempfile::tempdir().unwrap();
    let state = directory.path().join("new");
    assert_eq!(restored(&state).await, (0, None));
    assert!(state.is_dir());
}

#[tokio::test]
async fn nothing_is_saved_unless_something_has_changed() {
    let stack = start().await;
    let client = stack.endpoint.database_client();
    assert!(stack.snapshots.save().await.unwrap());
    client.get_item().table_name(TABLE).set_key(Some(key(1))).send().await.unwrap();
    assert!(!stack.snapshots.save().await.unwrap());
    put(&client, 1).await;
    assert!(stack.snapshots.save().await.unwrap());
    *stack.queues.lock().unwrap() = json!(1);
    assert!(stack.snapshots.save().await.unwrap());
    assert_eq!(names(stack.directory.path()), ["snapshot-3"]);
}

#[tokio::test]
async fn what_an_interrupted_snapshot_left_is_not_restored() {
    let stack = start().await;
    put(&stack.endpoint.database_client(), 1).await;
    stack.snapshots.save().await.unwrap();
    let unfinished = stack.directory.path().join("unfinished");
    fs::create_dir(&unfinished).unwrap();
    fs::write(unfinished.join("database.sqlite"), "torn").unwrap();
    assert_eq!(restored(stack.directory.path()).await.0, 1);
    assert_eq!(names(stack.directory.path()), ["snapshot-1"]);
}

#[tokio::test]
async fn a_snapshot_that_is_no_database_is_reported_and_kept() {
    let directory = tempfile::tempdir().unwrap();
    let folder = directory.path().join("snapshot-1");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("database.sqlite"), "not a database").unwrap();
    assert!(Snapshots::restore(directory.path(), &DynamoDb::memory().unwrap()).is_err());
    assert!(folder.is_dir());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_snapshot_taken_amid_writes_shows_the_state_between_two_calls() {
    let stack = start().await;
    let client = stack.endpoint.database_client();
    let queues = stack.queues.clone();
    let gate = stack.endpoint.gate.clone();
    let writer = tokio::spawn(async move {
        for sk in 0..200 {
            put(&client, sk).await;
            // What a queue does at the endpoint: its state changes inside the gate.
            let _entered = gate.enter().await;
            *queues.lock().unwrap() = json!(sk + 1);
        }
    });
    while !writer.is_finished() {
        stack.snapshots.save().await.unwrap();
        let (items, messages) = restored(stack.directory.path()).await;
        let messages = messages.and_then(|value| value.as_i64()).unwrap_or(0);
        assert!((0..=1).contains(&(i64::from(items) - messages)), "{items} items, {messages} messages");
    }
    writer.await.unwrap();
}
