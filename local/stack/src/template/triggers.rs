//! What triggers a function: its `Events`.

use std::time::Duration;

use serde_json::Value;

use super::TemplateError;
use super::names::name_in_arn;
use super::shape::Properties;

/// One entry of a function's `Events`.
#[derive(Clone, Debug)]
pub enum EventSource {
    /// A route of the HTTP API.
    Http {
        /// In upper case; `ANY` for all.
        method: String,
        /// Such as `/jobs/{id}`.
        path: String,
    },
    /// An SQS queue.
    Queue(QueueSource),
    /// A rule of an event bus.
    Rule(RuleSource),
    /// A schedule.
    Schedule(ScheduleSource),
    /// A route of a WebSocket API, which names the function and not the other way round.
    WebSocket {
        /// The API's name in the template.
        api: String,
        /// `$connect`, `$disconnect`, `$default`, or a value of the selecting field.
        route: String,
    },
}

/// An event source mapping of an SQS queue.
#[derive(Clone, Debug)]
pub struct QueueSource {
    /// The queue's name.
    pub queue: String,
    /// At most so many messages an invocation; 10 by default.
    pub batch_size: u32,
    /// How long to wait for a batch to fill.
    pub batching_window: Duration,
    /// Whether the function reports the messages that failed (`ReportBatchItemFailures`).
    pub reports_failures: bool,
    /// At most so many invocations at the same time (`ScalingConfig.MaximumConcurrency`).
    pub maximum_concurrency: Option<u32>,
}

/// A rule that hands matching events to the function.
#[derive(Clone, Debug)]
pub struct RuleSource {
    /// Its name in the template, within the function.
    pub id: String,
    /// The bus's name.
    pub bus: String,
    /// The event pattern.
    pub pattern: Value,
    /// What happens when the function fails.
    pub retry: Retry,
}

/// A schedule that fires the function.
#[derive(Clone, Debug)]
pub struct ScheduleSource {
    /// Its name in the template, within the function.
    pub id: String,
    /// `cron(…)` or `rate(…)`.
    pub expression: String,
    /// The IANA name of the time zone that the expression is meant in.
    pub timezone: String,
    /// Whether it fires by itself (`State`).
    pub enabled: bool,
    /// The event's JSON text, with `<aws.scheduler.…>` still in it.
    pub input: Option<String>,
    /// What happens when the function fails.
    pub retry: Retry,
}

/// `RetryPolicy` and `DeadLetterConfig` of a rule or schedule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retry {
    /// `MaximumRetryAttempts`, if there is a retry policy.
    pub maximum_attempts: Option<u32>,
    /// `MaximumEventAgeInSeconds`, if given.
    pub maximum_age: Option<Duration>,
    /// The name of the dead-letter queue.
    pub dead_letter_queue: Option<String>,
}

pub(super) fn read(id: &str, event: &Value, place: &str) -> Result<EventSource, TemplateError> {
    let event = Properties::new(event, place);
    let properties = event.within("Properties");
    match event.required_text("Type")? {
        "HttpApi" => http(&properties),
        "SQS" => queue(&properties),
        "EventBridgeRule" => rule(id, &properties),
        "ScheduleV2" => schedule(id, &properties),
        other => {
            Err(event.error("Type", &format!("{other} is a trigger that the local stack does not have")))
        }
    }
}

fn http(properties: &Properties<'_>) -> Result<EventSource, TemplateError> {
    properties.only(&["ApiId", "Method", "Path", "PayloadFormatVersion", "TimeoutInMillis"])?;
    let method = properties.required_text("Method")?.to_uppercase();
    Ok(EventSource::Http { method, path: properties.required_text("Path")?.to_owned() })
}

fn queue(properties: &Properties<'_>) -> Result<EventSource, TemplateError> {
    properties.only(&[
        "BatchSize",
        "FunctionResponseTypes",
        "MaximumBatchingWindowInSeconds",
        "Queue",
        "ScalingConfig",
    ])?;
    let window = properties.whole("MaximumBatchingWindowInSeconds")?.unwrap_or(0);
    let types = properties.raw("FunctionResponseTypes").and_then(Value::as_array);
    Ok(EventSource::Queue(QueueSource {
        queue: name_in_arn(properties.required_text("Queue")?).to_owned(),
        batch_size: properties.whole("BatchSize")?.unwrap_or(10),
        batching_window: Duration::from_secs(window.into()),
        reports_failures: types.is_some_and(|types| types.contains(&"ReportBatchItemFailures".into())),
        maximum_concurrency: properties.within("ScalingConfig").whole("MaximumConcurrency")?,
    }))
}

fn rule(id: &str, properties: &Properties<'_>) -> Result<EventSource, TemplateError> {
    properties.only(&["DeadLetterConfig", "EventBusName", "Pattern", "RetryPolicy", "RuleName"])?;
    let pattern = properties.raw("Pattern").ok_or_else(|| properties.error("Pattern", "is missing"))?;
    let bus = properties.text("EventBusName")?.unwrap_or("default");
    Ok(EventSource::Rule(RuleSource {
        id: id.to_owned(),
        bus: name_in_arn(bus).to_owned(),
        pattern: pattern.clone(),
        retry: retry(properties)?,
    }))
}

fn schedule(id: &str, properties: &Properties<'_>) -> Result<EventSource, TemplateError> {
    properties.only(&[
        "DeadLetterConfig",
        "Description",
        "FlexibleTimeWindow",
        "GroupName",
        "Input",
        "Name",
        "RetryPolicy",
        "ScheduleExpression",
        "ScheduleExpressionTimezone",
        "State",
    ])?;
    Ok(EventSource::Schedule(ScheduleSource {
        id: id.to_owned(),
        expression: properties.required_text("ScheduleExpression")?.to_owned(),
        timezone: properties.text("ScheduleExpressionTimezone")?.unwrap_or("UTC").to_owned(),
        enabled: properties.text("State")? != Some("DISABLED"),
        input: properties.text("Input")?.map(str::to_owned),
        retry: retry(properties)?,
    }))
}

fn retry(properties: &Properties<'_>) -> Result<Retry, TemplateError> {
    let policy = properties.within("RetryPolicy");
    let age = policy.whole("MaximumEventAgeInSeconds")?;
    let letters = properties.within("DeadLetterConfig");
    Ok(Retry {
        maximum_attempts: policy.whole("MaximumRetryAttempts")?,
        maximum_age: age.map(|seconds| Duration::from_secs(seconds.into())),
        dead_letter_queue: letters.text("Arn")?.map(|arn| name_in_arn(arn).to_owned()),
    })
}
