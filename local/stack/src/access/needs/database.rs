//! What DynamoDB's operations need.

use std::{borrow::Cow, collections::BTreeMap};

use serde::{Deserialize, de::IgnoredAny};

use super::{Need, Needs};
use crate::aws::arn;

/// The few fields of any request that say what it touches. Everything else is skipped unread.
#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Request<'a> {
    #[serde(borrow)]
    table_name: Cow<'a, str>,
    #[serde(borrow)]
    index_name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    request_items: BTreeMap<Cow<'a, str>, IgnoredAny>,
    #[serde(borrow)]
    transact_items: Vec<TransactItem<'a>>,
}

/// One part of a transaction: exactly one of its fields is there.
#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct TransactItem<'a> {
    #[serde(borrow)]
    put: Option<Named<'a>>,
    #[serde(borrow)]
    update: Option<Named<'a>>,
    #[serde(borrow)]
    delete: Option<Named<'a>>,
    #[serde(borrow)]
    condition_check: Option<Named<'a>>,
    #[serde(borrow)]
    get: Option<Named<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Named<'a> {
    #[serde(borrow)]
    table_name: Cow<'a, str>,
}

impl TransactItem<'_> {
    /// The permission of a part is that of the operation it is made of (DynamoDB developer guide, "Using IAM
    /// with DynamoDB transactions"; `ConditionCheckItem` is a permission only).
    fn action_and_table(&self) -> (&'static str, &str) {
        let parts = [
            ("PutItem", &self.put),
            ("UpdateItem", &self.update),
            ("DeleteItem", &self.delete),
            ("ConditionCheckItem", &self.condition_check),
            ("GetItem", &self.get),
        ];
        let named =
            parts.into_iter().find_map(|(action, part)| Some((action, part.as_ref()?.table_name.as_ref())));
        named.unwrap_or(("Unknown", ""))
    }
}

pub(super) fn needs(operation: &str, body: &[u8]) -> Needs {
    let request: Request<'_> = serde_json::from_slice(body).unwrap_or_default();
    let (all, tables) = match operation {
        "ListTables" => return Needs::one("dynamodb:ListTables", "*", ""),
        "TransactWriteItems" | "TransactGetItems" => of_parts(&request),
        "BatchGetItem" | "BatchWriteItem" => {
            let tables: Vec<&str> = request.request_items.keys().map(AsRef::as_ref).collect();
            (tables.iter().map(|table| need(operation, table)).collect(), tables)
        }
        _ => {
            let table = request.table_name.as_ref();
            let resource = match &request.index_name {
                Some(index) => arn::index(table, index),
                None => arn::table(table),
            };
            (vec![Need::new(format!("dynamodb:{operation}"), resource)], vec![table])
        }
    };
    let all = if all.is_empty() { vec![need(operation, "")] } else { all };
    Needs { all, resource_name: tables.join(",") }
}

fn of_parts<'r>(request: &'r Request<'_>) -> (Vec<Need>, Vec<&'r str>) {
    let mut parts: Vec<_> = request.transact_items.iter().map(TransactItem::action_and_table).collect();
    parts.sort_unstable();
    parts.dedup();
    let needs = parts.iter().map(|(action, table)| need(action, table)).collect();
    let mut tables: Vec<_> = parts.into_iter().map(|(_, table)| table).collect();
    tables.sort_unstable();
    tables.dedup();
    (needs, tables)
}

fn need(operation: &str, table: &str) -> Need {
    Need::new(format!("dynamodb:{operation}"), arn::table(table))
}
