//! Event buses, as EventBridge has them: events go to the functions whose rules want them.
//!
//! Events under way are kept in memory only: one that is being handed over when the process ends is lost,
//! which on AWS it would not be. Left out: archives, replay, input transformers, targets other than functions.

mod pattern;

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::aws::{AwsCall, AwsService, Service, ServiceError, json_answer};
use crate::clock::LocalClock;
use crate::runtime::{Activity, Deliveries, Functions, Lambda, request_id};
use crate::template::{ACCOUNT, EventSource, REGION, RuleSource, Template, name_in_arn};
pub(crate) use pattern::UnknownPattern;

/// Most entries of a `PutEvents` request.
const MOST_ENTRIES: usize = 10;

/// The largest `PutEvents` request, in bytes of its entries (EventBridge quotas).
const LARGEST: usize = 256 * 1024;

struct Rule {
    source: RuleSource,
    lambda: Arc<Lambda>,
}

/// All buses of a stack and their rules.
pub(crate) struct Buses {
    names: Vec<String>,
    rules: Vec<Rule>,
    deliveries: Deliveries,
    activity: Activity,
    clock: LocalClock,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PutEvents {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Entry {
    source: Option<String>,
    detail_type: Option<String>,
    detail: Option<String>,
    event_bus_name: Option<String>,
    #[serde(default)]
    resources: Vec<String>,
}

impl Entry {
    /// The event's detail; or the error code and message of the entry.
    fn detail(&self) -> Result<Value, (&'static str, &'static str)> {
        if self.source.as_deref().is_none_or(str::is_empty) {
            return Err((
                "InvalidArgument",
                "Parameter Source is not valid. Reason: Source is a required argument.",
            ));
        }
        if self.detail_type.as_deref().is_none_or(str::is_empty) {
            return Err((
                "InvalidArgument",
                "Parameter DetailType is not valid. Reason: DetailType is a required argument.",
            ));
        }
        let detail = self.detail.as_deref().and_then(|detail| serde_json::from_str::<Value>(detail).ok());
        detail.filter(Value::is_object).ok_or(("MalformedDetail", "Detail is malformed."))
    }
}

impl Buses {
    /// The template's buses, with the rules of the functions that run here.
    ///
    /// # Errors
    /// [`UnknownPattern`] when a rule's pattern is not understood.
    pub(crate) fn new(
        template: &Template,
        functions: &Functions,
        deliveries: Deliveries,
        clock: &LocalClock,
    ) -> Result<Self, UnknownPattern> {
        let mut rules = Vec::new();
        for lambda in functions.all() {
            for event in &lambda.resource.events {
                let EventSource::Rule(source) = event else { continue };
                pattern::check(&source.pattern)?;
                rules.push(Rule { source: source.clone(), lambda: Arc::clone(lambda) });
            }
        }
        let (activity, clock) = (functions.activity().clone(), clock.clone());
        Ok(Self { names: template.buses.clone(), rules, deliveries, activity, clock })
    }

    fn put_events(&self, body: &[u8]) -> Result<Value, ServiceError> {
        let request: PutEvents = serde_json::from_slice(body)
            .map_err(|error| refused("ValidationException", &error.to_string()))?;
        if request.entries.is_empty() || request.entries.len() > MOST_ENTRIES || body.len() > LARGEST {
            let message = format!("1 to {MOST_ENTRIES} entries of at most {LARGEST} bytes together");
            return Err(refused("ValidationException", &message));
        }
        let answers: Vec<Value> = request.entries.iter().map(|entry| self.put(entry)).collect();
        let failed = answers.iter().filter(|answer| answer.get("ErrorCode").is_some()).count();
        Ok(json!({ "FailedEntryCount": failed, "Entries": answers }))
    }

    fn put(&self, entry: &Entry) -> Value {
        let detail = match entry.detail() {
            Ok(detail) => detail,
            Err((code, message)) => return json!({ "ErrorCode": code, "ErrorMessage": message }),
        };
        let bus = name_in_arn(entry.event_bus_name.as_deref().unwrap_or("default"));
        let id = request_id();
        if !self.names.iter().any(|name| name == bus) {
            // AWS takes such an event and drops it.
            tracing::error!(bus, "an event for a bus that does not exist is lost");
            return json!({ "EventId": id });
        }
        let event = json!({
            "version": "0",
            "id": id,
            "detail-type": entry.detail_type,
            "source": entry.source,
            "account": ACCOUNT,
            "time": self.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            "region": REGION,
            "resources": entry.resources,
            "detail": detail,
        });
        self.hand_over(bus, &event);
        json!({ "EventId": id })
    }

    fn hand_over(&self, bus: &str, event: &Value) {
        let wanted = |rule: &&Rule| rule.source.bus == bus && pattern::matches(&rule.source.pattern, event);
        for rule in self.rules.iter().filter(wanted) {
            let busy = self.activity.begin();
            let (deliveries, lambda) = (self.deliveries.clone(), Arc::clone(&rule.lambda));
            let (event, retry) = (event.clone(), rule.source.retry.clone());
            tokio::spawn(async move {
                // What failed in the end is in a queue and in the log.
                drop(deliveries.deliver(&lambda, event, &retry).await);
                drop(busy);
            });
        }
    }
}

impl AwsService for Buses {
    fn call(&self, call: AwsCall) -> BoxFuture<'_, Response> {
        async move {
            let answer = match call.operation.as_str() {
                "PutEvents" => self.put_events(&call.body),
                other => Err(refused(
                    "UnknownOperationException",
                    &format!("the local stack does not have {other}"),
                )),
            };
            answer.map_or_else(ServiceError::into_response, |answer| json_answer(answer.to_string()))
        }
        .boxed()
    }
}

fn refused(code: &'static str, message: &str) -> ServiceError {
    ServiceError::new(Service::Events, code, StatusCode::BAD_REQUEST, message)
}
