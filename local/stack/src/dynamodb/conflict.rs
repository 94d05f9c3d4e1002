//! Writes that meet a transaction on the same item, which the engine never has: it does one call after another
//! (<https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling>).

use axum::{http::StatusCode, response::Response};
use serde_json::{Value, json};

use crate::aws::json_answer;

/// The refusal of a call that writes, none of any other: of a transaction with a reason for each of its writes.
pub(crate) fn refused(operation: &str, body: &[u8]) -> Option<Response> {
    let error = |name: &str| format!("com.amazonaws.dynamodb.v20120810#{name}");
    let answer = match operation {
        "TransactWriteItems" => {
            let request: Value = serde_json::from_slice(body).ok()?;
            let writes = request.get("TransactItems")?.as_array()?.len();
            let reason =
                json!({ "Code": "TransactionConflict", "Message": "Transaction is ongoing for the item" });
            json!({
                "__type": error("TransactionCanceledException"),
                "Message": "Transaction cancelled, please refer cancellation reasons for specific reasons",
                "CancellationReasons": vec![reason; writes],
            })
        }
        "PutItem" | "UpdateItem" | "DeleteItem" => json!({
            "__type": error("TransactionConflictException"),
            "message": "Transaction is ongoing for the item",
        }),
        _ => return None,
    };
    let mut response = json_answer(answer.to_string());
    *response.status_mut() = StatusCode::BAD_REQUEST;
    Some(response)
}
