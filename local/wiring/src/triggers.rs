//! A function is triggered by what its handler expects.

use std::collections::BTreeMap;

use maru_lambda::Trigger;
use maru_stack::template::{EventSource, FunctionResource};

use crate::project::{functions, read, resource, start, template};

fn triggers_of(resource: &FunctionResource) -> Vec<Trigger> {
    let events = resource.events.iter().map(|event| match event {
        EventSource::Http { .. } => Trigger::Http,
        EventSource::Queue(_) => Trigger::Queue,
        EventSource::Rule(_) => Trigger::Event,
        EventSource::Schedule(_) => Trigger::Schedule,
        EventSource::WebSocket { route, .. } => match route.as_str() {
            "$connect" => Trigger::Connect,
            "$disconnect" => Trigger::Disconnect,
            _ => Trigger::Frame,
        },
    });
    let streams = resource.url.iter().filter(|url| url.streams).map(|_| Trigger::Stream);
    let triggers: Vec<Trigger> = events.chain(streams).collect();
    // What has neither an event nor an address can only be called by another function.
    if triggers.is_empty() { vec![Trigger::Invoke] } else { triggers }
}

#[test]
fn the_template_triggers_a_function_with_what_its_handler_takes() {
    for (_, function) in functions() {
        let (name, trigger) = (function.name(), start(function).0.trigger());
        let given = triggers_of(resource(function));
        assert_eq!(given, [trigger], "correct Events of {name} in its template, or its line in FUNCTIONS");
    }
}

#[test]
fn a_function_that_others_call_has_a_caller_who_may() {
    for (_, function) in functions().filter(|(_, function)| start(function).0.trigger() == Trigger::Invoke) {
        let (name, arn) = (function.name(), maru_stack::aws::arn::function(function.name()));
        let mut statements = template().functions.iter().flat_map(|caller| &caller.policies);
        let called = statements.any(|statement| {
            statement.resources.contains(&arn)
                && statement.actions.iter().any(|action| action == "lambda:InvokeFunction")
        });
        assert!(called, "no function may call {name}: allow one lambda:InvokeFunction on it, or remove it");
    }
}

#[test]
fn a_websocket_api_tells_its_functions_of_all_that_happens() {
    for api in &template().websockets {
        for key in ["$connect", "$disconnect", "$default"] {
            let routes = api.routes.iter().filter(|route| route.key == key).count();
            assert_eq!(routes, 1, "{} needs one route {key} in its template", api.logical_id);
        }
    }
}

#[test]
fn no_two_functions_answer_the_same_method_and_path() {
    let mut name_of = BTreeMap::new();
    for function in &template().functions {
        let routes = function.events.iter().filter_map(|event| match event {
            EventSource::Http { method, path } => Some((method.clone(), shape(path))),
            _ => None,
        });
        let streams = function.url.iter().map(|url| ("GET".to_owned(), shape(&url.path)));
        for route in routes.chain(streams) {
            let earlier = name_of.insert(route.clone(), &function.name);
            assert_eq!(earlier, None, "{} answers {route:?} too: change one of the routes", function.name);
        }
    }
}

/// A path without the names of its parameters: `/a/{x}` and `/a/{y}` are the same.
fn shape(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

#[test]
fn the_readme_names_the_trigger_that_the_template_has() {
    for (domain, function) in functions() {
        let name = function.name();
        let readme = read(&format!("functions/{domain}/README.md")).unwrap_or_default();
        let row = readme.lines().find(|line| line.starts_with(&format!("| `{name}` |"))).unwrap_or_default();
        for trigger in described(resource(function)) {
            assert!(
                row.contains(&trigger),
                "functions/{domain}/README.md: the row of {name} lacks `{trigger}`"
            );
        }
    }
}

fn described(resource: &FunctionResource) -> Vec<String> {
    let events = resource.events.iter().map(|event| match event {
        EventSource::Http { method, path } => format!("{method} {path}"),
        EventSource::Queue(source) => source.queue.clone(),
        EventSource::Rule(source) => source.pattern["detail-type"][0].as_str().unwrap_or_default().to_owned(),
        EventSource::Schedule(source) => source.expression.clone(),
        EventSource::WebSocket { route, .. } => route.clone(),
    });
    let described: Vec<String> =
        events.chain(resource.url.iter().map(|url| format!("GET {}", url.path))).collect();
    if described.is_empty() { vec!["called by".to_owned()] } else { described }
}
