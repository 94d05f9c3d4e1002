//! Each sample event is of the form that the function's trigger sends, and runs.
//!
//! `${TOKEN}` in a sample stands for an access token of somebody who may call.

use std::collections::BTreeSet;

use maru_auth::Role;
use maru_lambda::{Answer, Function, Trigger};
use maru_stack::template::{EventSource, FunctionResource};
use maru_stack::{Sandbox, Stack, StackOptions};
use serde_json::{Value, json};

use crate::project::{DOMAINS, functions, parameters, read, resource, start, template_texts};

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
        // As `maru-callee` sends it; whether the data fits shows when the sample runs.
        [] => match event.get("data") {
            Some(data) if data.is_object() => Ok(()),
            data => Err(format!("/data is {data:?}, must be what the function is asked for")),
        },
        [EventSource::Http { method, path }] => {
            expect("/routeKey", &json!(format!("{method} {path}")))?;
            expect("/requestContext/http/method", &json!(method))
        }
        [EventSource::WebSocket { route, .. }] => {
            let kind = match route.as_str() {
                "$connect" => "CONNECT",
                "$disconnect" => "DISCONNECT",
                _ => "MESSAGE",
            };
            expect("/requestContext/routeKey", &json!(route))?;
            expect("/requestContext/eventType", &json!(kind))
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
    for (domain, function) in functions() {
        let name = function.name();
        // An account of its own each: one of the samples closes it, which the others hear of.
        let token = stack.tokens().issue(name, &[Role::User, Role::Lecturer, Role::Admin]).unwrap();
        let event = sample(domain, function, &token);
        let answer = stack.invoke(name, event).await;
        let answer = answer.unwrap_or_else(|error| panic!("events/{domain}/{name}.json fails: {error:?}"));
        let good = match (start(function).0.trigger(), &answer) {
            (Trigger::Http, Answer::Value(answer)) => is_done_or_not_there(answer),
            (Trigger::Stream, Answer::Stream(reply)) => matches!(reply.status.as_u16(), 200 | 404),
            (Trigger::Queue, Answer::Value(answer)) => answer["batchItemFailures"] == json!([]),
            (Trigger::Event, Answer::Value(answer)) => answer.is_null(),
            (Trigger::Schedule | Trigger::Invoke, Answer::Value(answer)) => answer.is_object(),
            (Trigger::Connect | Trigger::Disconnect | Trigger::Frame, Answer::Value(answer)) => {
                answer["statusCode"] == 200
            }
            _ => false,
        };
        let shown =
            if let Answer::Value(answer) = &answer { answer.to_string() } else { "a stream".to_owned() };
        assert!(good, "events/{domain}/{name}.json is answered with {shown}");
    }
}

async fn empty_stack() -> Stack {
    let lists = DOMAINS.iter().map(|domain| domain.functions).collect();
    let mut options = StackOptions::new(template_texts(), lists);
    // The stack verifies tokens with a key of its own.
    options.parameters = parameters();
    options.parameters.remove("AccessTokenPublicKey");
    // A checkout begins with a call to KakaoPay.
    options.sandboxes = vec![Sandbox::kakaopay(), Sandbox::kma(maru_stack::kma::Answers::built_in())];
    Stack::start(options).await.unwrap()
}

/// Codes of refusals that say that the sample itself is wrong: its form, or its caller.
const WRONG: [&str; 7] = [
    "forbidden",
    "invalid_body",
    "invalid_json",
    "invalid_query",
    "not_acceptable",
    "unauthenticated",
    "unsupported_media_type",
];

/// Whether an HTTP answer says that it is done, or that what the sample names is not there: with 404, or, where
/// a code, a token or a password is named, with a refusal of just that.
fn is_done_or_not_there(answer: &Value) -> bool {
    let body: Value = serde_json::from_str(answer["body"].as_str().unwrap_or_default()).unwrap_or_default();
    match answer["statusCode"].as_u64() {
        Some(200..400 | 404) => true,
        Some(400..500) => body["code"].as_str().is_some_and(|code| !WRONG.contains(&code)),
        _ => false,
    }
}
