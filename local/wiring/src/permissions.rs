//! A function may do what it has to do, a caller what is theirs, and nothing more.

use maru_lambda::Trigger;

use crate::project::{functions, list, read, start, template};

/// HTTP functions that anybody may call. The list may only shrink: a new function asks who calls.
const PUBLIC: [&str; 0] = [];

/// Actions for which IAM knows no resource, so that `*` is all that can be written (Service Authorization
/// Reference). The list may only shrink.
const WITHOUT_RESOURCE: [&str; 0] = [];

#[test]
fn no_policy_has_a_wildcard_where_a_name_is_possible() {
    for function in &template().functions {
        for statement in &function.policies {
            let id = &function.logical_id;
            for action in &statement.actions {
                assert!(!action.contains('*'), "{id}: name the actions of {action} one by one");
            }
            let nameless = statement.actions.iter().all(|action| WITHOUT_RESOURCE.contains(&action.as_str()));
            for resource in statement.resources.iter().filter(|_| !nameless) {
                assert!(is_named(resource), "{id}: name the resource instead of {resource}");
            }
        }
    }
}

/// Whether an ARN names one resource; in a bucket, where names come and go, one folder of it; of a WebSocket API, where
/// connections do, one operation of one stage.
fn is_named(arn: &str) -> bool {
    let arn = if arn.starts_with("arn:aws:execute-api:") {
        arn.strip_suffix("/@connections/*").unwrap_or(arn)
    } else {
        arn
    };
    let object = arn.strip_prefix("arn:aws:s3:::").and_then(|path| path.split_once('/'));
    let folder = object.and_then(|(_, key)| key.strip_suffix("/*"));
    let wild = |text: &str| text.contains(['*', '?']);
    folder.map_or_else(|| !wild(arn), |folder| !folder.is_empty() && !wild(folder))
}

#[test]
fn a_wildcard_is_seen_wherever_it_stands() {
    for wild in [
        "*",
        "arn:aws:s3:::bucket/*",
        "arn:aws:sqs:*:0:q",
        "arn:aws:dynamodb:r:0:table/t/index/*",
        "arn:aws:execute-api:r:0:api/*/POST/@connections/*",
        "arn:aws:execute-api:r:0:api/live/*",
    ] {
        assert!(!is_named(wild), "{wild}");
    }
    for named in [
        "arn:aws:s3:::bucket/runs/*",
        "arn:aws:s3:::bucket",
        "arn:aws:dynamodb:r:0:table/t",
        "arn:aws:execute-api:r:0:api/live/POST/@connections/*",
    ] {
        assert!(is_named(named), "{named}");
    }
}

#[test]
fn every_http_function_has_a_test_with_a_caller_who_may_not() {
    for (domain, function) in functions() {
        let name = function.name();
        let asks = matches!(start(function).0.trigger(), Trigger::Http | Trigger::Stream | Trigger::Connect);
        if !asks || PUBLIC.contains(&name) {
            continue;
        }
        let path = format!("functions/{domain}/tests/{name}");
        let refuses = tests_of(&path).lines().any(|line| line.contains("fn refuses_whoever_"));
        assert!(refuses, "{path}.rs: add a test `refuses_whoever_…` with a caller who may not call {name}");
    }
}

/// The tests of a function: its file, and what that has in a folder of its name.
fn tests_of(path: &str) -> String {
    let parts = list(path).into_iter().map(|part| format!("{path}/{part}"));
    parts.chain([format!("{path}.rs")]).filter_map(|file| read(&file).ok()).collect()
}
