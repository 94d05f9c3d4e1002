//! The database through the unmodified SDK.

mod batches;
mod conditions;
mod limits;
mod queries;
mod transactions;

use std::collections::HashMap;

use aws_sdk_dynamodb::{Client, types::AttributeValue};

use crate::aws::testing::TABLE;

type Item = HashMap<String, AttributeValue>;

fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

fn number(value: i64) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

fn key(pk: &str, sk: &str) -> Item {
    HashMap::from([("pk".to_owned(), text(pk)), ("sk".to_owned(), text(sk))])
}

fn item(pk: &str, sk: &str, rest: impl IntoIterator<Item = (&'static str, AttributeValue)>) -> Item {
    let mut item = key(pk, sk);
    item.extend(rest.into_iter().map(|(name, value)| (name.to_owned(), value)));
    item
}

async fn put(client: &Client, item: Item) {
    client.put_item().table_name(TABLE).set_item(Some(item)).send().await.unwrap();
}

async fn get(client: &Client, pk: &str, sk: &str) -> Option<Item> {
    let request = client.get_item().table_name(TABLE).set_key(Some(key(pk, sk))).consistent_read(true);
    request.send().await.unwrap().item
}
