//! What the operations of SQS, EventBridge and SSM need.

use serde_json::Value;

use super::{Need, Needs};
use crate::aws::arn;

/// SQS: a batch needs the permission of its single operation. The queue is named by its URL's last part.
pub(super) fn queue_needs(operation: &str, body: &[u8]) -> Needs {
    let body = read(body);
    let named = body.get("QueueUrl").or_else(|| body.get("QueueName")).and_then(Value::as_str);
    let name = named.and_then(|url| url.rsplit('/').next()).unwrap_or_default();
    let action = match operation {
        "ListQueues" => return Needs::one("sqs:ListQueues", "*", ""),
        batch => batch.strip_suffix("Batch").unwrap_or(batch),
    };
    Needs::one(format!("sqs:{action}"), arn::queue(name), name)
}

/// EventBridge: `PutEvents` needs the permission on the bus of each entry, which is named by name or ARN.
pub(super) fn event_needs(operation: &str, body: &[u8]) -> Needs {
    let action = format!("events:{operation}");
    if operation != "PutEvents" {
        return Needs::one(action, "*", "");
    }
    let body = read(body);
    let entries = body.get("Entries").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut buses: Vec<&str> = entries.iter().map(bus_name).collect();
    buses.sort_unstable();
    buses.dedup();
    let all = if buses.is_empty() { vec!["default"] } else { buses.clone() };
    let all = all.into_iter().map(|bus| Need::new(action.clone(), arn::bus(bus))).collect();
    Needs { all, resource_name: buses.join(",") }
}

fn bus_name(entry: &Value) -> &str {
    let name = entry.get("EventBusName").and_then(Value::as_str).unwrap_or("default");
    name.rsplit_once("event-bus/").map_or(name, |(_, name)| name)
}

/// SSM: a parameter, or each of several. The AWS-managed key of secure strings needs no permission of its
/// own.
pub(super) fn parameter_needs(operation: &str, body: &[u8]) -> Needs {
    let body = read(body);
    let several = body.get("Names").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut names: Vec<&str> = several.iter().chain(body.get("Name")).filter_map(Value::as_str).collect();
    if names.is_empty() {
        names.push("");
    }
    let all = names.iter().map(|name| Need::new(format!("ssm:{operation}"), arn::parameter(name))).collect();
    Needs { all, resource_name: names.join(",") }
}

fn read(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or_default()
}
