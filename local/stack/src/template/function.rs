//! `AWS::Serverless::Function`.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Map, Value};

use super::cloudformation::Resource;
use super::intrinsics::Resolver;
use super::names::name_in_arn;
use super::shape::Properties;
use super::triggers::{self, EventSource};
use super::{Statement, TemplateError, policy};

/// One Lambda, with what `Globals.Function` gives to all.
#[derive(Clone, Debug)]
pub struct FunctionResource {
    /// Its name in the template.
    pub logical_id: String,
    /// Its name everywhere else: the `Handler`.
    pub name: String,
    /// `CodeUri`: where its binary is, from the template's folder; empty if not given.
    pub code: String,
    /// When an invocation is stopped; 3 s by default, as on Lambda.
    pub timeout: Duration,
    /// In MB; the stack does not enforce it.
    pub memory: u32,
    /// At most so many invocations at the same time.
    pub reserved_concurrency: Option<u32>,
    /// The environment variables.
    pub variables: BTreeMap<String, String>,
    /// What triggers it.
    pub events: Vec<EventSource>,
    /// Its function URL.
    pub url: Option<FunctionUrl>,
    /// What it may do.
    pub policies: Vec<Statement>,
    /// What happens to an event that it was handed asynchronously and failed with.
    pub on_failure: OnFailure,
    /// The resource's `Metadata`.
    pub metadata: Value,
}

/// A function URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionUrl {
    /// `Metadata.Path`: which path it serves locally, where functions share one host; on AWS each function
    /// URL has its own.
    pub path: String,
    /// Whether answers are streamed (`InvokeMode: RESPONSE_STREAM`).
    pub streams: bool,
    /// Its `Cors`, if it has one.
    pub cors: Option<Value>,
}

/// How Lambda treats asynchronous invocations that fail (`EventInvokeConfig`, `DeadLetterQueue`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnFailure {
    /// `MaximumRetryAttempts`, if given; Lambda's default is 2.
    pub maximum_attempts: Option<u32>,
    /// The name of the queue for events that failed each time.
    pub queue: Option<String>,
}

pub(super) fn read(
    id: &str,
    resource: &Resource,
    resolver: &Resolver<'_>,
) -> Result<FunctionResource, TemplateError> {
    let place = format!("Resources.{id}.Properties");
    let merged = merge(&resolver.document.function_globals, &resource.properties);
    let resolved = resolver.resolve(&merged, &place)?;
    let metadata = resolver.resolve(&resource.metadata, &format!("Resources.{id}.Metadata"))?;
    let function = Properties::new(&resolved, &place);
    let events = function
        .entries("Events")
        .map(|(name, event)| triggers::read(name, event, &format!("{place}.Events.{name}")));
    Ok(FunctionResource {
        logical_id: id.to_owned(),
        name: function.required_text("Handler")?.to_owned(),
        code: function.text("CodeUri")?.unwrap_or_default().to_owned(),
        timeout: Duration::from_secs(function.whole("Timeout")?.unwrap_or(3).into()),
        memory: function.whole("MemorySize")?.unwrap_or(128),
        reserved_concurrency: function.whole("ReservedConcurrentExecutions")?,
        variables: variables(&function)?,
        events: events.collect::<Result<_, _>>()?,
        url: url(&function, &metadata)?,
        policies: policy::read(function.raw("Policies"), &format!("{place}.Policies"))?,
        on_failure: on_failure(&function)?,
        metadata,
    })
}

/// The function's own properties over the globals; environment variables and other objects key by key, as
/// SAM merges them.
fn merge(globals: &Value, own: &Value) -> Value {
    let (Value::Object(globals), Value::Object(own)) = (globals, own) else { return own.clone() };
    let mut merged: Map<String, Value> = globals.clone();
    for (key, value) in own {
        let value = merged.get(key).map_or_else(|| value.clone(), |global| merge(global, value));
        merged.insert(key.clone(), value);
    }
    Value::Object(merged)
}

fn variables(function: &Properties<'_>) -> Result<BTreeMap<String, String>, TemplateError> {
    let environment = function.within("Environment");
    let variables = environment.entries("Variables").map(|(name, value)| match value {
        Value::String(text) => Ok((name.clone(), text.clone())),
        Value::Number(_) | Value::Bool(_) => Ok((name.clone(), value.to_string())),
        _ => Err(environment.error(name, "is not a text")),
    });
    variables.collect()
}

fn url(function: &Properties<'_>, metadata: &Value) -> Result<Option<FunctionUrl>, TemplateError> {
    if function.raw("FunctionUrlConfig").is_none() {
        return Ok(None);
    }
    let config = function.within("FunctionUrlConfig");
    if config.required_text("AuthType")? != "NONE" {
        return Err(config.error("AuthType", "must be NONE: the local stack does not check signatures"));
    }
    let path = metadata.get("Path").and_then(Value::as_str);
    let path = path.ok_or_else(|| {
        function.error("FunctionUrlConfig", "needs Metadata: {Path: …}, the path that it serves locally")
    })?;
    let streams = config.text("InvokeMode")? == Some("RESPONSE_STREAM");
    Ok(Some(FunctionUrl { path: path.to_owned(), streams, cors: config.raw("Cors").cloned() }))
}

fn on_failure(function: &Properties<'_>) -> Result<OnFailure, TemplateError> {
    let invoke = function.within("EventInvokeConfig");
    let destination = invoke.within("DestinationConfig").within("OnFailure").text("Destination")?;
    let letters = function.within("DeadLetterQueue").text("TargetArn")?;
    Ok(OnFailure {
        maximum_attempts: invoke.whole("MaximumRetryAttempts")?,
        queue: destination.or(letters).map(|arn| name_in_arn(arn).to_owned()),
    })
}
