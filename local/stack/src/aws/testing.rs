//! The endpoint on a port of its own, with clients of the unmodified SDK, for the tests of the services.

use std::{collections::BTreeMap, net::SocketAddr, sync::Arc};

use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_types::{retry::RetryConfig, timeout::TimeoutConfig};
use aws_types::{SdkConfig, region::Region};
use axum::response::Response;
use futures::{FutureExt, future::BoxFuture};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{AwsCall, AwsService, AwsServices, CallCounts, Caller, json_answer, router};
use crate::{
    access::Access,
    bedrock::{Bedrock, Pace},
    crash::Crashes,
    dynamodb::DynamoDb,
    faults::Faults,
    s3::{ObjectStore, SECRET},
    snapshot::Gate,
    ssm::Parameters,
    template::Statement,
};

/// The bucket that every test endpoint has.
pub(crate) const BUCKET: &str = "bucket";
/// The table that every test endpoint has: `pk` and `sk`, and the index `by_owner` on `owner` and `sk`.
pub(crate) const TABLE: &str = "table";

/// A running endpoint.
pub(crate) struct Endpoint {
    pub address: SocketAddr,
    pub database: DynamoDb,
    pub access: Arc<Access>,
    pub crashes: Arc<Crashes>,
    pub faults: Arc<Faults>,
    pub counts: Arc<CallCounts>,
    pub gate: Arc<Gate>,
    pub objects: TempDir,
}

/// An endpoint that lets every caller do everything that operators may.
pub(crate) async fn start() -> Endpoint {
    start_with(BTreeMap::new()).await
}

/// An endpoint with these permissions.
pub(crate) async fn start_with(policies: BTreeMap<String, Vec<Statement>>) -> Endpoint {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = Endpoint {
        address: listener.local_addr().unwrap(),
        database: DynamoDb::memory().unwrap(),
        access: Arc::new(Access::new(policies)),
        crashes: Arc::default(),
        faults: Arc::default(),
        counts: Arc::default(),
        gate: Arc::default(),
        objects: tempfile::tempdir().unwrap(),
    };
    endpoint.database.create_table(TABLE, &table_properties()).unwrap();
    let objects = ObjectStore::open(endpoint.objects.path()).unwrap();
    objects.create_bucket(BUCKET).unwrap();
    let services = AwsServices {
        database: Arc::new(endpoint.database.clone()),
        queues: Arc::new(Echo),
        events: Arc::new(Echo),
        parameters: Arc::new(parameters()),
        keys: Arc::new(Echo),
        functions: Arc::new(Echo),
        connections: Arc::new(Echo),
        objects,
        bedrock: Arc::new(Bedrock::offline(Arc::new(jiff::Timestamp::now), Pace::default())),
        access: endpoint.access.clone(),
        crashes: endpoint.crashes.clone(),
        faults: endpoint.faults.clone(),
        counts: endpoint.counts.clone(),
        gate: endpoint.gate.clone(),
    };
    tokio::spawn(async move { axum::serve(listener, router(services)).await });
    endpoint
}

/// The properties of the test table, as a template would give them.
pub(crate) fn table_properties() -> Value {
    json!({
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [
            { "AttributeName": "pk", "AttributeType": "S" },
            { "AttributeName": "sk", "AttributeType": "S" },
            { "AttributeName": "owner", "AttributeType": "S" },
        ],
        "KeySchema": [
            { "AttributeName": "pk", "KeyType": "HASH" },
            { "AttributeName": "sk", "KeyType": "RANGE" },
        ],
        "GlobalSecondaryIndexes": [{
            "IndexName": "by_owner",
            "KeySchema": [
                { "AttributeName": "owner", "KeyType": "HASH" },
                { "AttributeName": "sk", "KeyType": "RANGE" },
            ],
            "Projection": { "ProjectionType": "ALL" },
        }],
        "TimeToLiveSpecification": { "AttributeName": "expiresAt", "Enabled": true },
    })
}

fn parameters() -> Parameters {
    Parameters::new(BTreeMap::from([("/maru/plain".to_owned(), "open".to_owned())]))
        .with_secret("/maru/secret", "hidden")
}

/// Answers every call with its own body: stands in for queues, events, keys and functions.
struct Echo;

impl AwsService for Echo {
    fn call(&self, call: AwsCall) -> BoxFuture<'_, Response> {
        async move { json_answer(call.body) }.boxed()
    }
}

impl Endpoint {
    /// The endpoint's address.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The configuration of an operator's clients; nothing is repeated.
    pub(crate) fn operator(&self) -> SdkConfig {
        self.config("operator")
    }

    /// The configuration of a function's clients; nothing is repeated.
    pub(crate) fn function(&self, name: &str) -> SdkConfig {
        self.config(&Caller::access_key(name))
    }

    pub(crate) fn database_client(&self) -> aws_sdk_dynamodb::Client {
        aws_sdk_dynamodb::Client::new(&self.operator())
    }

    fn config(&self, access_key: &str) -> SdkConfig {
        let credentials = Credentials::new(access_key, SECRET, None, None, "test");
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(self.url())
            .region(Region::new(super::arn::REGION))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .retry_config(RetryConfig::disabled())
            .timeout_config(TimeoutConfig::disabled())
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .build()
    }
}

/// A client of S3, path style.
pub(crate) fn objects_client(config: &SdkConfig) -> aws_sdk_s3::Client {
    aws_sdk_s3::Client::from_conf(aws_sdk_s3::config::Builder::from(config).force_path_style(true).build())
}
