//! A local stack of some functions, and a client.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use jiff::Timestamp;
use maru_auth::Role;
use maru_lambda::Function;
use maru_stack::github::Repositories;
use maru_stack::kma::Answers;
use maru_stack::template::read_files;
use maru_stack::{Model, Sandbox, Stack, StackOptions};
use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use tempfile::TempDir;

use crate::{Answer, Export, KakaoPay, Socket};

/// The token between Maru and the sandbox of the lecture platform.
pub const LECTURE_PLATFORM_TOKEN: &str = "test-token";

/// An item of a table.
pub type Item = HashMap<String, aws_sdk_dynamodb::types::AttributeValue>;

/// What a test begins with.
pub struct Setup {
    templates: Vec<String>,
    functions: Vec<&'static [Function]>,
    now: Timestamp,
    frozen: bool,
    export: Export,
    model: Model,
    parameters: BTreeMap<String, String>,
    repositories: Repositories,
    kma: Answers,
}

impl Setup {
    /// These functions, on 2026-01-16 at 00:10 in Seoul on a running clock, with the small export.
    #[must_use]
    pub fn new(functions: Vec<&'static [Function]>) -> Self {
        let now = "2026-01-15T15:10:00Z".parse().expect("a time");
        let parameters = ["ModelId", "FoundationModelId"]
            .map(|name| (name.to_owned(), "offline-extractive".to_owned()))
            .into();
        Self {
            templates: templates(),
            functions,
            now,
            frozen: false,
            export: Export::small(),
            model: Model::Offline,
            parameters,
            repositories: Repositories::built_in(),
            kma: Answers::built_in(),
        }
    }

    /// Another first template, such as the workspace's with a function more.
    #[must_use]
    pub fn template(mut self, template: String) -> Self {
        self.templates[0] = template;
        self
    }

    /// Another export.
    #[must_use]
    pub fn export(self, export: Export) -> Self {
        Self { export, ..self }
    }

    /// Another time.
    #[must_use]
    pub fn now(self, now: &str) -> Self {
        Self { now: now.parse().expect("a time"), ..self }
    }

    /// A clock that stands still until the test moves it.
    #[must_use]
    pub fn frozen(self) -> Self {
        Self { frozen: true, ..self }
    }

    /// Another model.
    #[must_use]
    pub fn model(self, model: Model) -> Self {
        Self { model, ..self }
    }

    /// Other repositories behind GitHub's sandbox.
    #[must_use]
    pub fn repositories(self, repositories: Repositories) -> Self {
        Self { repositories, ..self }
    }

    /// Other answers of the weather service, such as recorded ones. Without them the weather is invented and there is
    /// no warning.
    #[must_use]
    pub fn kma(self, kma: Answers) -> Self {
        Self { kma, ..self }
    }

    /// Another value of a parameter of the template.
    #[must_use]
    pub fn parameter(mut self, name: &str, value: &str) -> Self {
        self.parameters.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Starts it.
    pub async fn start(self) -> Maru {
        let data = TempDir::new().expect("a temporary directory");
        self.export.write(data.path());
        let mut options = StackOptions::new(self.templates, self.functions);
        options.now = Some(self.now);
        options.frozen = self.frozen;
        options.model = self.model;
        options.parameters = self.parameters;
        options.secrets =
            BTreeMap::from([("/maru/lecture-platform/token".to_owned(), LECTURE_PLATFORM_TOKEN.to_owned())]);
        let directory = data.path().to_owned();
        options.sandboxes = vec![
            Sandbox::lecture_platform("LecturePlatformUrl", directory, LECTURE_PLATFORM_TOKEN.to_owned()),
            Sandbox::github(self.repositories),
            Sandbox::kakao(),
            Sandbox::kakaopay(),
            Sandbox::kma(self.kma.clone()),
        ];
        let stack = Stack::start(options).await.expect("the stack starts");
        Maru { stack, client: reqwest::Client::new(), data, kma: self.kma }
    }
}

/// The text of the workspace's `template.yaml`.
#[must_use]
pub fn template() -> String {
    templates().swap_remove(0)
}

/// The texts of the workspace's templates.
#[must_use]
pub fn templates() -> Vec<String> {
    read_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).expect("the workspace has its templates")
}

/// A running Maru.
pub struct Maru {
    /// The stack.
    pub stack: Stack,
    /// A client without any headers of its own.
    pub client: reqwest::Client,
    data: TempDir,
    kma: Answers,
}

impl Maru {
    /// Replaces the lecture platform's data.
    pub fn replace_export(&self, export: &Export) {
        export.write(self.data.path());
    }

    /// Where the lecture platform's data lies.
    #[must_use]
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// An access token.
    #[must_use]
    pub fn token(&self, account: &str, role: Role) -> String {
        self.stack.tokens().issue(account, &[role]).expect("the key signs")
    }

    /// A lecturer's access token.
    #[must_use]
    pub fn lecturer(&self, id: &str) -> String {
        self.token(id, Role::Lecturer)
    }

    /// An admin's access token.
    #[must_use]
    pub fn admin(&self) -> String {
        self.token("usr_admin", Role::Admin)
    }

    /// A request to the API; without a token if it is empty.
    pub fn request(&self, method: Method, path: &str, token: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.stack.url()));
        if token.is_empty() { request } else { request.bearer_auth(token) }
    }

    /// The address of the chat's WebSocket.
    #[must_use]
    pub fn socket_url(&self) -> String {
        self.stack.websocket_url("ChatApi").expect("the templates have the API")
    }

    /// A WebSocket of an account that may connect.
    pub async fn socket(&self, token: &str) -> Socket {
        let connected = Socket::connect(&self.socket_url(), token).await;
        connected.unwrap_or_else(|status| panic!("the connection is refused with {status}"))
    }

    /// KakaoPay, as a person and an accountant see it.
    #[must_use]
    pub fn kakaopay(&self) -> KakaoPay {
        KakaoPay::of(self)
    }

    /// The weather service: what it answers, whether it does, and how often it was asked.
    #[must_use]
    pub fn kma(&self) -> &Answers {
        &self.kma
    }

    /// GET.
    pub async fn get(&self, path: &str, token: &str) -> Answer {
        Answer::read(self.request(Method::GET, path, token).send().await.expect("an answer")).await
    }

    /// POST of a JSON body.
    pub async fn post(&self, path: &str, token: &str, body: &Value) -> Answer {
        let request = self.request(Method::POST, path, token).json(body);
        Answer::read(request.send().await.expect("an answer")).await
    }

    /// Runs the night and gives the run as the admin sees it.
    pub async fn night(&self) -> Value {
        self.stack.run_scheduled("cron_ingest_lectures").await.expect("the night runs");
        self.newest_run().await
    }

    /// The newest run as the admin sees it.
    pub async fn newest_run(&self) -> Value {
        let page = self.get("/admin/consulting/runs?limit=1", &self.admin()).await.expect(200);
        page["items"][0].clone()
    }

    /// The lines of an NDJSON file in the export bucket.
    pub async fn object(&self, key: &str) -> Vec<Value> {
        let bucket = &self.stack.parts().template.buckets[0].name;
        let configuration =
            aws_sdk_s3::config::Builder::from(&self.stack.sdk_config()).force_path_style(true).build();
        let request = aws_sdk_s3::Client::from_conf(configuration).get_object().bucket(bucket).key(key);
        let bytes =
            request.send().await.expect("the file is there").body.collect().await.expect("it can be read");
        let text = String::from_utf8(bytes.to_vec()).expect("it is UTF-8");
        text.lines().map(|line| serde_json::from_str(line).expect("it is NDJSON")).collect()
    }

    /// The items of a partition of the consulting table, as far as one query reads.
    pub async fn items(&self, pk: &str) -> Vec<Item> {
        let tables = &self.stack.parts().template.tables;
        let table =
            tables.iter().find(|table| table.logical_id == "ConsultingTable").expect("the template has it");
        let query = aws_sdk_dynamodb::Client::new(&self.stack.sdk_config()).query().table_name(&table.name);
        let value = aws_sdk_dynamodb::types::AttributeValue::S(pk.to_owned());
        let query = query.key_condition_expression("pk = :pk").expression_attribute_values(":pk", value);
        query.send().await.expect("the query works").items.unwrap_or_default()
    }

    /// Waits until nothing is at work any more.
    pub async fn settle(&self) {
        self.stack.settle(std::time::Duration::from_secs(60)).await.expect("everything comes to an end");
    }
}
