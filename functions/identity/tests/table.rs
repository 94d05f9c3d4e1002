//! What the tables have, seen with an operator's eyes.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use maru_testing::Maru;
use serde_json::Value;

pub type Item = HashMap<String, AttributeValue>;

fn name<'a>(maru: &'a Maru, logical_id: &str) -> &'a str {
    let tables = &maru.stack.parts().template.tables;
    &tables.iter().find(|table| table.logical_id == logical_id).unwrap().name
}

/// All items of a table.
pub async fn all(maru: &Maru, logical_id: &str) -> Vec<Item> {
    let scan = Client::new(&maru.stack.sdk_config()).scan().table_name(name(maru, logical_id));
    scan.into_paginator().items().send().collect::<Result<_, _>>().await.unwrap()
}

/// All items of the identity table whose partition key begins with `prefix`.
pub async fn identity(maru: &Maru, prefix: &str) -> Vec<Item> {
    let mut items = all(maru, "IdentityTable").await;
    items.retain(|item| string(item, "pk").starts_with(prefix));
    items
}

/// Puts an item of texts and lists of texts into the identity table.
pub async fn put(maru: &Maru, item: Item) {
    let client = Client::new(&maru.stack.sdk_config());
    let put = client.put_item().table_name(name(maru, "IdentityTable")).set_item(Some(item));
    put.send().await.unwrap();
}

/// The envelopes of this type that wait in the outbox.
pub async fn waiting(maru: &Maru, kind: &str) -> Vec<Value> {
    let items = all(maru, "OutboxTable").await;
    let fitting = items.iter().filter(|item| string(item, "kind") == kind);
    fitting.map(|item| serde_json::from_str(string(item, "body")).unwrap()).collect()
}

pub fn string<'a>(item: &'a Item, field: &str) -> &'a str {
    item.get(field).and_then(|value| value.as_s().ok()).map_or("", String::as_str)
}
