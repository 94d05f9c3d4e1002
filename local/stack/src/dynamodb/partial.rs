//! Batches of which only a part is carried out, as DynamoDB does under load: the rest is given back as
//! `UnprocessedItems` or `UnprocessedKeys`, with status 200.

use axum::{
    body::{Body, to_bytes},
    response::Response,
};
use bytes::Bytes;
use serde_json::{Map, Value, json};

use crate::aws::BODY_LIMIT;

/// A batch, cut in two.
pub(crate) struct Halves {
    /// The request with what is to be carried out; none if that is nothing.
    pub first: Option<Bytes>,
    /// The rest, in the form of `RequestItems`.
    pub rest: Value,
}

/// Whether an operation may give back a part of its request.
pub(crate) fn is_batch(operation: &str) -> bool {
    matches!(operation, "BatchGetItem" | "BatchWriteItem")
}

/// Cuts each table's part of a batch in two, the smaller half first. None if it is no batch.
pub(crate) fn split(operation: &str, body: &[u8]) -> Option<Halves> {
    let mut request: Value = serde_json::from_slice(body).ok()?;
    let (mut first, mut rest) = (Map::new(), Map::new());
    for (table, part) in request.get("RequestItems")?.as_object()? {
        let (one, other) = split_part(operation, part)?;
        for (half, part) in [(&mut first, one), (&mut rest, other)] {
            if let Some(part) = part {
                half.insert(table.clone(), part);
            }
        }
    }
    let nothing = first.is_empty();
    request["RequestItems"] = Value::Object(first);
    let first = (!nothing).then(|| Bytes::from(request.to_string()));
    Some(Halves { first, rest: Value::Object(rest) })
}

/// The halves of one table's part: a list of writes, or an object with a list of `Keys`.
fn split_part(operation: &str, part: &Value) -> Option<(Option<Value>, Option<Value>)> {
    let list = if operation == "BatchGetItem" { part.get("Keys")? } else { part }.as_array()?;
    let (one, other) = list.split_at(list.len() / 2);
    let whole = |half: &[Value]| {
        let mut with_keys = part.clone();
        if operation == "BatchGetItem" {
            with_keys["Keys"] = half.into();
        } else {
            with_keys = half.into();
        }
        (!half.is_empty()).then_some(with_keys)
    };
    Some((whole(one), whole(other)))
}

/// Adds what was not carried out to the answer. An error stays as it is.
pub(crate) async fn give_back(operation: &str, response: Response, rest: Value) -> Response {
    if !response.status().is_success() {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, BODY_LIMIT).await.unwrap_or_default();
    let mut answer: Value = serde_json::from_slice(&body).unwrap_or_else(|_| json!({}));
    if operation == "BatchGetItem" {
        answer["UnprocessedKeys"] = rest;
    } else {
        answer["UnprocessedItems"] = rest;
    }
    parts.headers.remove("content-length");
    Response::from_parts(parts, Body::from(answer.to_string()))
}
