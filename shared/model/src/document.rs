//! JSON as the AWS SDK's `Document`, and back.

use aws_smithy_types::{Document, Number};
use serde_json::Value;

/// `value` as a document. Numbers that no JSON number type of the SDK holds become null; schemas have none.
pub(crate) fn document(value: &Value) -> Document {
    match value {
        Value::Null => Document::Null,
        Value::Bool(flag) => Document::Bool(*flag),
        Value::String(text) => Document::String(text.clone()),
        Value::Array(items) => Document::Array(items.iter().map(document).collect()),
        Value::Object(fields) => {
            Document::Object(fields.iter().map(|(name, value)| (name.clone(), document(value))).collect())
        }
        Value::Number(number) => {
            let positive = number.as_u64().map(Number::PosInt);
            let negative = number.as_i64().map(Number::NegInt);
            let number = positive.or(negative).or_else(|| number.as_f64().map(Number::Float));
            number.map_or(Document::Null, Document::Number)
        }
    }
}
