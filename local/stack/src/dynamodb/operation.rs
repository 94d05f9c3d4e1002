//! One operation: its JSON read, carried out by the engine, its answer written as JSON.

use dynoxide::actions::transact_write_items::TransactWriteItemsRequest;
use dynoxide::{Database, DynoxideError};
use serde::{Serialize, de::DeserializeOwned};

use super::tokens::{self, Tokens};

/// Carries an operation out. Blocks while another call is at work.
///
/// # Errors
/// DynamoDB's own, in its own words.
pub(super) fn execute(
    engine: &Database,
    tokens: &Tokens,
    operation: &str,
    body: &[u8],
) -> Result<String, DynoxideError> {
    let result = match operation {
        "BatchGetItem" => run(body, |request| engine.batch_get_item(request)),
        "BatchWriteItem" => run(body, |request| engine.batch_write_item(request)),
        "CreateTable" => run(body, |request| engine.create_table(request)),
        "DeleteItem" => run(body, |request| engine.delete_item(request)),
        "DeleteTable" => run(body, |request| engine.delete_table(request)),
        "DescribeTable" => run(body, |request| engine.describe_table(request)),
        "DescribeTimeToLive" => run(body, |request| engine.describe_time_to_live(request)),
        "GetItem" => run(body, |request| engine.get_item(request)),
        "ListTables" => run(body, |request| engine.list_tables(request)),
        "PutItem" => run(body, |request| engine.put_item(request)),
        "Query" => run(body, |request| engine.query(request)),
        "Scan" => run(body, |request| engine.scan(request)),
        "TransactGetItems" => run(body, |request| engine.transact_get_items(request)),
        "TransactWriteItems" => transact(engine, tokens, body),
        "UpdateItem" => run(body, |request| engine.update_item(request)),
        "UpdateTimeToLive" => run(body, |request| engine.update_time_to_live(request)),
        other => {
            return Err(DynoxideError::ValidationException(format!(
                "{other} is not part of the local stack."
            )));
        }
    };
    result.map_err(|error| enveloped(operation, error))
}

/// Whether an operation that was carried out has changed data.
pub(super) fn changes(operation: &str) -> bool {
    !matches!(
        operation,
        "BatchGetItem"
            | "DescribeTable"
            | "DescribeTimeToLive"
            | "GetItem"
            | "ListTables"
            | "Query"
            | "Scan"
            | "TransactGetItems"
    )
}

fn run<Request: DeserializeOwned, Answer: Serialize>(
    body: &[u8],
    call: impl FnOnce(Request) -> dynoxide::Result<Answer>,
) -> dynoxide::Result<String> {
    written(&call(read(body)?)?)
}

/// A transaction, with its token if it has one.
fn transact(engine: &Database, tokens: &Tokens, body: &[u8]) -> dynoxide::Result<String> {
    let mut request: TransactWriteItemsRequest = read(body)?;
    let Some(token) = tokens::take(&mut request.client_request_token) else {
        return written(&engine.transact_write_items(request)?);
    };
    let items = serde_json::to_value(&request.transact_items).map_err(|error| internal(&error))?;
    tokens.once(token, &items, || written(&engine.transact_write_items(request)?))
}

fn read<Request: DeserializeOwned>(body: &[u8]) -> dynoxide::Result<Request> {
    serde_json::from_slice(body).map_err(|error| unreadable(&error))
}

fn written(answer: &impl Serialize) -> dynoxide::Result<String> {
    serde_json::to_string(answer).map_err(|error| internal(&error))
}

fn internal(error: &serde_json::Error) -> DynoxideError {
    DynoxideError::InternalServerError(error.to_string())
}

/// The engine's readers mark the class of a refused value at the beginning of their message (`dynoxide`,
/// `serde_errors.rs`); `serde_json` adds the place at its end.
fn unreadable(error: &serde_json::Error) -> DynoxideError {
    let text = error.to_string();
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message);
    match text.split_once(':') {
        Some(("VALIDATION" | "VALIDATION_AS_READ", message)) => {
            DynoxideError::ValidationException(message.into())
        }
        Some(("VALIDATION_REQUEST", message)) => DynoxideError::EnvelopedValidation(message.into()),
        Some(("SERIALIZATION" | "SERIALIZATION_AS_READ", message)) => {
            DynoxideError::SerializationException(message.into())
        }
        _ if text.contains("missing field") || text.contains("unknown variant") => {
            DynoxideError::ValidationException(text.into())
        }
        _ => DynoxideError::SerializationException(text.into()),
    }
}

/// Three operations put a frame around a refused parameter; the others give it bare.
fn enveloped(operation: &str, error: DynoxideError) -> DynoxideError {
    match error {
        DynoxideError::EnvelopedValidation(message)
            if matches!(operation, "PutItem" | "UpdateItem" | "DeleteItem") =>
        {
            DynoxideError::ValidationException(format!("1 validation error detected: {message}"))
        }
        DynoxideError::EnvelopedValidation(message) => DynoxideError::ValidationException(message),
        other => other,
    }
}
