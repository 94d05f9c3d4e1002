//! One name everywhere, in both directions.

use std::collections::{BTreeMap, BTreeSet};

use maru_lambda::Trigger;

use crate::project::{DOMAINS, functions, list, logical_id, read, resource, resources, start, template};

#[test]
fn every_folder_of_functions_is_a_domain() {
    let known: BTreeSet<String> = DOMAINS.iter().map(|domain| domain.name.to_owned()).collect();
    assert_eq!(list("functions"), known, "give each folder of functions/ its line in DOMAINS (local/wiring)");
}

#[test]
fn no_two_functions_have_the_same_name() {
    let mut domain_of = BTreeMap::new();
    for (domain, function) in functions() {
        let earlier = domain_of.insert(function.name(), domain);
        assert_eq!(earlier, None, "{} is a function of {domain} already: rename one", function.name());
    }
}

#[test]
fn a_function_is_in_the_template_exactly_if_it_is_in_functions() {
    let listed: BTreeSet<&str> = functions().map(|(_, function)| function.name()).collect();
    let deployed: BTreeSet<&str> =
        template().functions.iter().map(|function| function.name.as_str()).collect();
    let (forgotten, unknown): (Vec<_>, Vec<_>) =
        (listed.difference(&deployed).collect(), deployed.difference(&listed).collect());
    assert!(forgotten.is_empty(), "add to a template: {forgotten:?}");
    assert!(unknown.is_empty(), "a Handler in a template is not in FUNCTIONS of its domain: {unknown:?}");
}

#[test]
fn a_logical_id_is_the_name_in_pascal_case() {
    for (_, function) in functions() {
        let expected = logical_id(function.name());
        assert_eq!(resource(function).logical_id, expected, "rename the resource in its template");
    }
}

#[test]
fn a_function_runs_the_binary_of_its_domain() {
    for (domain, function) in functions() {
        let id = logical_id(function.name());
        let code = &resources()[&id]["Properties"]["CodeUri"];
        assert_eq!(*code, format!("target/lambda/{domain}/"), "correct the CodeUri of {id} in its template");
        let skips = &resources()[&id]["Metadata"]["SkipBuild"];
        assert_eq!(
            *skips, true,
            "give {id} Metadata: {{SkipBuild: true}}, else `sam build` wants a Makefile"
        );
    }
}

#[test]
fn a_name_tells_the_trigger() {
    for (_, function) in functions() {
        let name = function.name();
        let expected = match start(function).0.trigger() {
            Trigger::Queue | Trigger::Event => name.starts_with("on_"),
            Trigger::Schedule => name.starts_with("cron_"),
            Trigger::Http
            | Trigger::Stream
            | Trigger::Invoke
            | Trigger::Connect
            | Trigger::Disconnect
            | Trigger::Frame => !name.starts_with("on_") && !name.starts_with("cron_"),
        };
        assert!(expected, "{name}: consumers are called on_…, schedules cron_…, the others by their verb");
    }
}

#[test]
fn every_function_has_a_sample_event_and_every_sample_event_a_function() {
    for domain in &DOMAINS {
        let expected: BTreeSet<String> =
            domain.functions.iter().map(|function| format!("{}.json", function.name())).collect();
        let folder = format!("events/{}", domain.name);
        assert_eq!(list(&folder), expected, "{folder} has one file a function, named like it");
    }
}

#[test]
fn every_function_has_a_test_file_that_is_compiled() {
    for (domain, function) in functions() {
        let (folder, name) = (format!("functions/{domain}/tests"), function.name());
        assert!(list(&folder).contains(&format!("{name}.rs")), "add {folder}/{name}.rs");
        let main = read(&format!("{folder}/main.rs")).unwrap_or_default();
        let declared = main.lines().any(|line| line.trim() == format!("mod {name};"));
        assert!(declared, "{folder}/main.rs lacks `mod {name};`: without it {name}.rs is not compiled");
    }
}

#[test]
fn no_test_file_is_named_like_a_function_that_is_gone() {
    let verbs: BTreeSet<&str> = functions().filter_map(|(_, function)| verb(function.name())).collect();
    for domain in &DOMAINS {
        let folder = format!("functions/{}/tests", domain.name);
        for file in list(&folder) {
            let Some(stem) = file.strip_suffix(".rs") else { continue };
            let like_a_function = verb(stem).is_some_and(|verb| verbs.contains(verb));
            let is_one = domain.functions.iter().any(|function| function.name() == stem);
            assert!(
                is_one || !like_a_function,
                "{folder}/{file} tests no function of FUNCTIONS: rename or remove it"
            );
        }
    }
}

fn verb(name: &str) -> Option<&str> {
    Some(name.split_once('_')?.0)
}

#[test]
fn every_function_has_a_row_in_the_readme_of_its_domain() {
    for domain in &DOMAINS {
        let path = format!("functions/{}/README.md", domain.name);
        let readme = read(&path).unwrap_or_default();
        let rows = readme.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
        let expected = domain.functions.iter().map(maru_lambda::Function::name);
        assert_eq!(
            rows.collect::<Vec<_>>(),
            expected.collect::<Vec<_>>(),
            "the table in {path} has one row a function, `name` first, in the order of FUNCTIONS"
        );
    }
}
