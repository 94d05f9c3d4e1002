//! The document against the template, and against itself.

use std::collections::BTreeSet;

use serde_json::Value;

use super::descriptions::Descriptions;
use super::{TEMPLATES, document, routes};

fn keys(value: &Value) -> BTreeSet<String> {
    value.as_object().unwrap().keys().cloned().collect()
}

fn operations(document: &Value) -> Vec<(String, Value)> {
    let paths = document["paths"].as_object().unwrap();
    let methods = paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap();
        methods.iter().map(move |(method, operation)| (format!("{method} {path}"), operation.clone()))
    });
    methods.collect()
}

#[test]
fn every_route_of_the_template_is_described_and_nothing_else_is() {
    let routes = routes(&TEMPLATES).unwrap();
    let of_template: BTreeSet<String> = routes.iter().map(|route| route.function.clone()).collect();
    let descriptions = Descriptions::read().unwrap();
    let described: BTreeSet<String> = descriptions.functions.keys().cloned().collect();
    assert_eq!(of_template, described, "the templates (left) and local/pages/api (right) must name the same");
    let in_template: BTreeSet<String> =
        routes.iter().map(|route| format!("{} {}", route.method, route.path)).collect();
    let in_document: BTreeSet<String> =
        operations(&document().unwrap()).into_iter().map(|(route, _)| route).collect();
    assert_eq!(in_template, in_document);
}

#[test]
fn every_operation_says_what_it_is_for_and_who_may_call_it() {
    let document = document().unwrap();
    let domains: BTreeSet<&str> =
        document["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect();
    for (route, operation) in operations(&document) {
        assert_ne!(operation["summary"], operation["operationId"], "{route} has no summary");
        assert!(operation["x-korean"].is_string(), "{route} has no korean summary");
        assert!(domains.contains(operation["tags"][0].as_str().unwrap()), "{route} is of no domain");
        let caller = operation["x-caller"].as_str().unwrap();
        assert!(["stranger", "anyone", "member", "lecturer", "admin"].contains(&caller), "{route}: {caller}");
        assert!(
            operation["responses"].as_object().unwrap().keys().any(|status| status.starts_with(['2', '3'])),
            "{route}"
        );
    }
}

#[test]
fn the_parameters_of_a_path_are_the_ones_that_are_described() {
    for (route, operation) in operations(&document().unwrap()) {
        let in_path: BTreeSet<&str> =
            route.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        let parameters = operation["parameters"].as_array().unwrap();
        let described: BTreeSet<&str> = parameters
            .iter()
            .filter(|parameter| parameter["in"] == "path")
            .map(|parameter| parameter["name"].as_str().unwrap())
            .collect();
        assert_eq!(in_path, described, "{route}");
        assert!(parameters.iter().all(|parameter| parameter["description"].is_string()), "{route}");
    }
}

#[test]
fn every_problem_is_known_and_every_known_problem_can_happen() {
    let document = document().unwrap();
    let mut used = BTreeSet::new();
    for (_, operation) in operations(&document) {
        let codes = operation["x-problems"].as_array().unwrap();
        used.extend(codes.iter().map(|code| code.as_str().unwrap().to_owned()));
    }
    assert_eq!(
        used,
        keys(&document["x-problems"]),
        "problems of local/pages/api (right) and those of its functions"
    );
}

#[test]
fn every_reference_leads_to_a_schema_and_every_schema_is_referred_to() {
    let document = document().unwrap();
    let mut named = BTreeSet::new();
    collect_references(&document, &mut named);
    assert_eq!(named, keys(&document["components"]["schemas"]));
}

fn collect_references(value: &Value, named: &mut BTreeSet<String>) {
    match value {
        Value::Object(entries) => {
            if let Some(name) = entries.get("$ref").and_then(Value::as_str) {
                named.insert(name.strip_prefix("#/components/schemas/").unwrap().to_owned());
            }
            entries.values().for_each(|value| collect_references(value, named));
        }
        Value::Array(values) => values.iter().for_each(|value| collect_references(value, named)),
        _ => {}
    }
}
