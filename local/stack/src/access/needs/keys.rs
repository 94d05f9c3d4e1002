//! What KMS's and Lambda's operations need.

use serde_json::Value;

use super::{Needs, percent_decoded};
use crate::aws::{arn, target::function_of};

/// KMS: the operation's permission on the key. `Decrypt` without a `KeyId`, which AWS finds in the
/// ciphertext, is allowed to nobody here: a function says which key it means.
pub(super) fn key_needs(operation: &str, body: &[u8]) -> Needs {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let named = body.get("KeyId").and_then(Value::as_str).unwrap_or_default();
    let id = named.rsplit("key/").next().unwrap_or_default();
    Needs::one(format!("kms:{operation}"), arn::key(id), id)
}

/// Lambda: `Invoke` is allowed by `InvokeFunction` on the function (Service Authorization Reference).
pub(super) fn function_needs(operation: &str, path: &str) -> Needs {
    let name = function_of(path).unwrap_or_else(|| percent_decoded(path));
    let action = if operation == "Invoke" { "InvokeFunction" } else { operation };
    Needs::one(format!("lambda:{action}"), arn::function(&name), name)
}
