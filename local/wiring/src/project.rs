//! The files that have to agree.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::LazyLock;
use std::{fs, io};

use maru_lambda::{Clock, Environment, Function, Instance};
use maru_stack::template::{FunctionResource, Place, Template, TemplateError, read_files};
use serde_json::Value;

/// A domain: its folder in `functions/`, and its list.
pub struct Domain {
    pub name: &'static str,
    pub functions: &'static [Function],
}

/// Every domain. A new folder in `functions/` gets its line here.
pub static DOMAINS: [Domain; 12] = [
    Domain { name: "billing", functions: billing::FUNCTIONS },
    Domain { name: "chat", functions: chat::FUNCTIONS },
    Domain { name: "community", functions: community::FUNCTIONS },
    Domain { name: "consulting", functions: consulting::FUNCTIONS },
    Domain { name: "hub", functions: hub::FUNCTIONS },
    Domain { name: "identity", functions: identity::FUNCTIONS },
    Domain { name: "interview", functions: interview::FUNCTIONS },
    Domain { name: "jobs", functions: jobs::FUNCTIONS },
    Domain { name: "notification", functions: notification::FUNCTIONS },
    Domain { name: "pdf", functions: pdf::FUNCTIONS },
    Domain { name: "resume", functions: resume::FUNCTIONS },
    Domain { name: "weather", functions: weather::FUNCTIONS },
];

/// The public key of RFC 8037, appendix A.1: a function starts only with a well-formed one.
const PUBLIC_KEY: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

static TEMPLATE: LazyLock<Result<Template, TemplateError>> = LazyLock::new(|| {
    let place =
        Place { url: "http://127.0.0.1:3000".to_owned(), aws_url: "http://127.0.0.1:3001".to_owned() };
    Template::parse(&template_texts(), &parameters(), &place)
});

static RESOURCES: LazyLock<Value> = LazyLock::new(|| {
    let resources_of = |text: &String| {
        let yaml: serde_yaml_ng::Value = serde_yaml_ng::from_str(text).expect("a template must be YAML");
        let resources = plain(yaml.get("Resources").expect("a template must have Resources"));
        resources.as_object().cloned().expect("Resources must be a mapping")
    };
    template_texts().iter().flat_map(resources_of).collect()
});

/// The templates, read as one.
pub fn template() -> &'static Template {
    TEMPLATE.as_ref().unwrap_or_else(|error| panic!("the templates cannot be used: {error}"))
}

/// The templates' resources as written, but with each `!Ref X` and `!GetAtt X` as its bare argument.
pub fn resources() -> &'static Value {
    &RESOURCES
}

/// The texts of the templates.
pub fn template_texts() -> Vec<String> {
    read_files(&root()).expect("the templates must exist")
}

/// Values for the templates' parameters that have no default and are no output of an earlier template.
pub fn parameters() -> BTreeMap<String, String> {
    let values = [
        ("AccessTokenPublicKey", PUBLIC_KEY),
        ("GithubClientId", "github-client"),
        ("KakaoClientId", "kakao-client"),
        ("LecturePlatformUrl", "http://127.0.0.1:9"),
    ];
    values.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

/// All functions with their domain's name.
pub fn functions() -> impl Iterator<Item = (&'static str, &'static Function)> {
    DOMAINS.iter().flat_map(|domain| domain.functions.iter().map(|function| (domain.name, function)))
}

/// The function's resource in its template.
pub fn resource(function: &Function) -> &'static FunctionResource {
    let name = function.name();
    let found = template().function(name);
    found.unwrap_or_else(|| panic!("{name} is in no template: add {}", logical_id(name)))
}

/// The function, started with exactly what the template gives it, and its environment.
pub fn start(function: &Function) -> (Instance, Environment) {
    let aws = aws_types::SdkConfig::builder()
        .behavior_version(aws_smithy_runtime_api::client::behavior_version::BehaviorVersion::latest())
        .region(aws_types::region::Region::new(maru_stack::template::REGION))
        .build();
    let environment = Environment::new(resource(function).variables.clone(), aws, Clock::system());
    let instance = function.start(&environment);
    (instance.unwrap_or_else(|error| panic!("{} does not start: {error}", function.name())), environment)
}

/// `create_report` → `CreateReportFunction`.
pub fn logical_id(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_uppercase() + rest
    });
    words.chain(["Function".to_owned()]).collect()
}

/// The text of a file of the project.
pub fn read(path: &str) -> io::Result<String> {
    fs::read_to_string(root().join(path))
}

/// The names of what is in a folder of the project; nothing if there is no such folder.
pub fn list(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(root().join(folder)).into_iter().flatten();
    entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn plain(yaml: &serde_yaml_ng::Value) -> Value {
    use serde_yaml_ng::Value as Yaml;
    match yaml {
        Yaml::Tagged(tagged) => plain(&tagged.value),
        Yaml::Sequence(items) => items.iter().map(plain).collect(),
        Yaml::Mapping(entries) => {
            entries.iter().filter_map(|(key, value)| Some((key.as_str()?.to_owned(), plain(value)))).collect()
        }
        scalar => serde_json::to_value(scalar).unwrap_or_default(),
    }
}
