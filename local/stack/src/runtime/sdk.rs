//! The AWS configuration that a function finds, and its environment variables.

use std::collections::BTreeMap;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::retry::RetryConfig;
use aws_types::SdkConfig;
use aws_types::region::Region;

use crate::aws::Caller;
use crate::template::{FunctionResource, Place, REGION};

/// An HTTP client without TLS, which the local endpoint does not speak: loading the system's certificates
/// would take longer than the rest of the start. One for each stack, because its connections belong to the
/// asynchronous runtime that made them.
pub(super) fn http_client() -> SharedHttpClient {
    aws_smithy_http_client::Builder::new().build_http()
}

/// The configuration of an AWS client that calls under this access key id.
pub(crate) fn configuration(access_key: &str, place: &Place, http_client: SharedHttpClient) -> SdkConfig {
    let credentials = Credentials::new(access_key, "local", None, None, "maru-stack");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(REGION))
        .endpoint_url(&place.aws_url)
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .retry_config(RetryConfig::standard())
        .http_client(http_client)
        .build()
}

/// The configuration of a function: its access key id names it, so that the endpoint knows who calls.
pub(super) fn of_function(function: &str, place: &Place, http_client: SharedHttpClient) -> SdkConfig {
    configuration(&Caller::access_key(function), place, http_client)
}

/// The template's variables and those of the Lambda runtime
/// (<https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html>).
pub(super) fn variables(resource: &FunctionResource, place: &Place) -> BTreeMap<String, String> {
    let runtime = [
        ("AWS_ENDPOINT_URL", place.aws_url.clone()),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", resource.memory.to_string()),
        ("AWS_LAMBDA_FUNCTION_NAME", resource.name.clone()),
        ("AWS_REGION", REGION.to_owned()),
        ("_HANDLER", resource.name.clone()),
    ];
    let runtime = runtime.into_iter().map(|(name, value)| (name.to_owned(), value));
    resource.variables.clone().into_iter().chain(runtime).collect()
}
