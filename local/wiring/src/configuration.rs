//! A function is given the variables that it reads, and no others.

use std::collections::BTreeSet;

use maru_lambda::Function;

use crate::project::{functions, resources, start};

/// Given to every function by `Globals`, read by those that answer HTTP, or by the log.
const GLOBALS: [&str; 4] =
    ["ACCESS_TOKEN_ISSUER", "ACCESS_TOKEN_AUDIENCE", "ACCESS_TOKEN_PUBLIC_KEY", "RUST_LOG"];

/// The variables that the template gives to this one function.
fn given(function: &Function) -> BTreeSet<String> {
    let id = crate::project::logical_id(function.name());
    let variables = &resources()[&id]["Properties"]["Environment"]["Variables"];
    variables.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect()
}

#[test]
fn every_variable_that_a_function_reads_is_set() {
    // A missing one is named by the start's error.
    for (_, function) in functions() {
        start(function);
    }
}

#[test]
fn every_variable_that_is_set_is_read() {
    for (_, function) in functions() {
        let read: BTreeSet<String> = start(function).1.variables_read().into_iter().collect();
        let unread: Vec<String> = given(function).difference(&read).cloned().collect();
        assert!(
            unread.is_empty(),
            "{} does not read {unread:?}: remove them in its template",
            function.name()
        );
    }
}

#[test]
fn what_all_functions_are_given_is_not_given_again() {
    for (_, function) in functions() {
        let given = given(function);
        let twice: Vec<&str> = GLOBALS.into_iter().filter(|name| given.contains(*name)).collect();
        assert!(twice.is_empty(), "{}: {twice:?} comes from Globals; remove it", function.name());
    }
}
