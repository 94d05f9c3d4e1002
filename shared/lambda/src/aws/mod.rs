//! Region, credentials and HTTP client of a Lambda's AWS clients.
//!
//! A Lambda finds all of it in its environment variables
//! (<https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html>), so the SDK's search through
//! profiles, containers and metadata services would only make the binary larger and the start longer.

use std::collections::BTreeMap;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_types::SdkConfig;
use aws_types::region::Region;

use crate::ConfigurationError;

/// The certificate authorities that every AWS endpoint's certificate comes from
/// (<https://www.amazontrust.com/repository/>). Parsing the system's
/// whole list instead would be most of a cold start.
const AMAZON_ROOTS: &str = include_str!("amazon-roots.pem");

/// What the AWS clients of a Lambda with these environment variables are made from.
///
/// `AWS_ENDPOINT_URL` sends all calls to one address, as the SDK's documentation says
/// (<https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html>); the local stack sets it.
///
/// # Errors
/// [`ConfigurationError::Missing`] for a variable that the Lambda runtime always sets.
pub(crate) fn configuration(variables: &BTreeMap<String, String>) -> Result<SdkConfig, ConfigurationError> {
    let optional = |name: &str| variables.get(name).filter(|value| !value.is_empty()).cloned();
    let required = |name: &str| optional(name).ok_or_else(|| ConfigurationError::Missing(name.to_owned()));
    let credentials = Credentials::new(
        required("AWS_ACCESS_KEY_ID")?,
        required("AWS_SECRET_ACCESS_KEY")?,
        optional("AWS_SESSION_TOKEN"),
        None,
        "Lambda",
    );
    let mut builder = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(required("AWS_REGION")?))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(http_client());
    builder.set_endpoint_url(optional("AWS_ENDPOINT_URL"));
    Ok(builder.build())
}

fn http_client() -> SharedHttpClient {
    let context = TlsContext::builder()
        .with_trust_store(TrustStore::empty().with_pem_certificate(AMAZON_ROOTS))
        .build();
    let builder = aws_smithy_http_client::Builder::new().tls_provider(Provider::rustls(CryptoMode::AwsLc));
    match context {
        Ok(context) => builder.tls_context(context).build_https(),
        Err(error) => {
            tracing::warn!(%error, "the system's certificates are used instead of Amazon's");
            builder.build_https()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(leaving_out: &str) -> BTreeMap<String, String> {
        let all = ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
        let given = all.into_iter().filter(|name| *name != leaving_out);
        given.map(|name| (name.to_owned(), "value".to_owned())).collect()
    }

    #[test]
    fn a_variable_that_the_runtime_always_sets_is_missed_by_name() {
        assert!(configuration(&variables("none of them")).is_ok());
        for name in ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] {
            let error = configuration(&variables(name)).unwrap_err();
            assert!(matches!(&error, ConfigurationError::Missing(missing) if missing == name), "{error}");
        }
    }

    #[test]
    fn calls_go_to_one_address_only_where_the_environment_names_it() {
        let mut variables = variables("none of them");
        assert_eq!(configuration(&variables).unwrap().endpoint_url(), None);
        variables.insert("AWS_ENDPOINT_URL".to_owned(), "http://127.0.0.1:4566".to_owned());
        assert_eq!(configuration(&variables).unwrap().endpoint_url(), Some("http://127.0.0.1:4566"));
    }
}
