//! Each sample event is of the form that the function's trigger sends, and runs.
//!
//! `${TOKEN}` in a sample stands for an access token of somebody who may call.

use std::collections::BTreeSet;

use maru_auth::Role;
use maru_lambda::{Answer, Function, Trigger};
use maru_stack::template::{EventSource, FunctionResource};
use maru_stack::{Stack, StackOptions};
use serde_json::{Value, json};

use crate::project::{DOMAINS, functions, parameters, read, resource, start, template_text};

fn sample(domain: &str, function: &Function, token: &str) -> Value {
    let path = format!("events/{domain}/{}.json", function.name());
    let text = read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text.replace("${TOKEN}", token)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn each_sample_event_is_what_the_functions_trigger_sends() {
    for (domain, function) in functions() {
        let event = sample(domain, function, "token");
        if let Err(problem) = fits(&event, resource(function)) {
            panic!("events/{domain}/{}.json: {problem}", function.name());
        }
    }
}

fn fits(event: &Value, resource: &FunctionResource) -> Result<(), String> {
    let expect = |place: &str, expected: &Value| match event.pointer(place) {
        Some(found) if found == expected => Ok(()),
        found => Err(format!("{place} is {found:?}, the template says {expected}")),
    };
    if resource.url.is_some() {
        return expect("/routeKey", &json!("$default"));
    }
    match &resource.events[..] {
        [EventSource::Http { method, path }] => {
            expect("/routeKey", &json!(format!("{method} {path}")))?;
            expect("/requestContext/http/method", &json!(method))
        }
        [EventSource::Queue(_)] => expect("/Records/0/eventSource", &json!("aws:sqs")),
        [EventSource::Rule(source)] => {
            expect("/detail-type", &source.pattern["detail-type"][0])?;
            expect("/source", &source.pattern["source"][0])?;
            expect("/detail/type", &source.pattern["detail-type"][0])
        }
        [EventSource::Schedule(source)] => {
            let input: Value = serde_json::from_str(source.input.as_deref().unwrap_or("null"))
                .map_err(|error| format!("the template's Input is not JSON: {error}"))?;
            let keys = |value: &Value| -> BTreeSet<String> {
                value.as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect()
            };
            let (found, expected) = (keys(event), keys(&input));
            if found == expected { Ok(()) } else { Err(format!("has {found:?}, the Input has {expected:?}")) }
        }
        events => Err(format!("{} triggers in the template", events.len())),
    }
}

/// On an empty stack: what a sample names is not there, which each function must take well.
#[tokio::test]
async fn each_sample_event_runs() {
    let stack = empty_stack().await;
    let token = stack.tokens().issue("1", &[Role::User, Role::Lecturer, Role::Admin]).unwrap();
    for (domain, function) in functions() {
        let name = function.name();
        let event = sample(domain, function, &token);
        let answer = stack.invoke(name, event).await;
        let answer = answer.unwrap_or_else(|error| panic!("events/{domain}/{name}.json fails: {error:?}"));
        let good = match (start(function).0.trigger(), &answer) {
            (Trigger::Http, Answer::Value(answer)) => is_found_or_not(answer["statusCode"].as_u64()),
            (Trigger::Stream, Answer::Stream(reply)) => is_found_or_not(Some(reply.status.as_u16().into())),
            (Trigger::Queue, Answer::Value(answer)) => answer["batchItemFailures"] == json!([]),
            (Trigger::Event, Answer::Value(answer)) => answer.is_null(),
            (Trigger::Schedule, Answer::Value(answer)) => answer.is_object(),
            _ => false,
        };
        let shown =
            if let Answer::Value(answer) = &answer { answer.to_string() } else { "a stream".to_owned() };
        assert!(good, "events/{domain}/{name}.json is answered with {shown}");
    }
}

async fn empty_stack() -> Stack {
    let lists = DOMAINS.iter().map(|domain| domain.functions).collect();
    let mut options = StackOptions::new(template_text(), lists);
    // The stack verifies tokens with a key of its own.
    options.parameters = parameters();
    options.parameters.remove("AccessTokenPublicKey");
    Stack::start(options).await.unwrap()
}

fn is_found_or_not(status: Option<u64>) -> bool {
    matches!(status, Some(200 | 202 | 404))
}
