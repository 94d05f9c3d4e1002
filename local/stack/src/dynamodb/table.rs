//! Tables, as the template describes them.

use dynoxide::Database;
use serde_json::{Map, Value, json};

use super::DatabaseError;

/// What of `AWS::DynamoDB::Table` is also part of `CreateTable`. The rest (billing, expiry, recovery,
/// encryption) has no meaning here.
const SHARED: [&str; 4] =
    ["AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "LocalSecondaryIndexes"];

/// Makes a table, unless one of the same shape is there.
pub(super) fn create(engine: &Database, name: &str, properties: &Value) -> Result<(), DatabaseError> {
    let invalid = |source| DatabaseError::Table { name: name.to_owned(), source };
    let mut request: Map<String, Value> =
        SHARED.iter().filter_map(|key| Some(((*key).to_owned(), properties.get(key)?.clone()))).collect();
    if engine.get_table_metadata(name)?.is_some() {
        let describe = serde_json::from_value(json!({ "TableName": name })).map_err(invalid)?;
        let there = serde_json::to_value(engine.describe_table(describe)?).map_err(invalid)?;
        let same = shape(&there["Table"]) == shape(&Value::Object(request));
        return if same { Ok(()) } else { Err(DatabaseError::TableChanged { name: name.to_owned() }) };
    }
    request.insert("TableName".to_owned(), name.into());
    request.insert("BillingMode".to_owned(), "PAY_PER_REQUEST".into());
    let request = serde_json::from_value(Value::Object(request)).map_err(invalid)?;
    engine.create_table(request)?;
    Ok(())
}

/// What makes two tables the same: keys, and indexes by name with their keys and projections.
fn shape(table: &Value) -> (Value, Vec<(String, Value, Value)>) {
    let lists = ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"];
    let indexes = lists.iter().filter_map(|list| table.get(list)?.as_array()).flatten();
    let mut indexes: Vec<_> = indexes
        .map(|index| {
            let name = index["IndexName"].as_str().unwrap_or_default().to_owned();
            (name, index["KeySchema"].clone(), index["Projection"].clone())
        })
        .collect();
    indexes.sort_by(|one, other| one.0.cmp(&other.0));
    (table["KeySchema"].clone(), indexes)
}
