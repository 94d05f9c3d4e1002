//! Who calls the service and where it is: the variables that every AWS tool reads, read once at the start.

use std::fmt;

use aws_credential_types::Credentials;
use aws_smithy_runtime_api::client::identity::Identity;
use reqwest::Url;

use super::AmazonError;

const KEY_ID: &str = "AWS_ACCESS_KEY_ID";
const SECRET_KEY: &str = "AWS_SECRET_ACCESS_KEY";
const TOKEN: &str = "AWS_SESSION_TOKEN";
const REGION: &str = "AWS_REGION";
const DEFAULT_REGION: &str = "AWS_DEFAULT_REGION";
const ENDPOINT: &str = "AWS_ENDPOINT_URL_BEDROCK_RUNTIME";

/// An account's keys, and the region and address that they are used with.
pub(super) struct Account {
    pub(super) identity: Identity,
    /// Such as `ap-northeast-2`.
    pub(super) region: String,
    /// The base URL, without a slash at the end.
    pub(super) endpoint: String,
}

/// Without the keys: this is written into logs.
impl fmt::Debug for Account {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Account");
        shown.field("region", &self.region).field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

impl Account {
    /// Reads the variables; an empty one is as good as none.
    pub(super) fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, AmazonError> {
        let variable = |name| variable(name).filter(|value| !value.is_empty());
        let region = variable(REGION).or_else(|| variable(DEFAULT_REGION));
        let needed = [(KEY_ID, variable(KEY_ID)), (SECRET_KEY, variable(SECRET_KEY)), (REGION, region)];
        let missing = needed.iter().filter(|(_, value)| value.is_none()).map(|(name, _)| *name).collect();
        let [(_, Some(key_id)), (_, Some(secret_key)), (_, Some(region))] = needed else {
            return Err(AmazonError::Missing(missing));
        };
        let endpoint = variable(ENDPOINT)
            .unwrap_or_else(|| format!("https://bedrock-runtime.{region}.amazonaws.com"))
            .trim_end_matches('/')
            .to_owned();
        if !Url::parse(&endpoint).is_ok_and(|url| url.has_host()) {
            return Err(AmazonError::Address(endpoint));
        }
        let credentials = Credentials::new(key_id, secret_key, variable(TOKEN), None, "environment");
        Ok(Self { identity: credentials.into(), region, endpoint })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [(&str, &str); 4] =
        [(KEY_ID, "AKID"), (SECRET_KEY, "hidden-key"), (TOKEN, "hidden-token"), (REGION, "eu-west-1")];

    fn read(variables: &[(&str, &str)]) -> Result<Account, AmazonError> {
        Account::read(|name| {
            let found = variables.iter().rev().find(|(candidate, _)| *candidate == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    fn with(changed: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
        [&ALL[..], changed].concat()
    }

    #[test]
    fn the_region_makes_the_address_unless_another_is_given() {
        let account = read(&ALL).unwrap();
        assert_eq!(account.region, "eu-west-1");
        assert_eq!(account.endpoint, "https://bedrock-runtime.eu-west-1.amazonaws.com");
        let account = read(&with(&[(REGION, ""), (DEFAULT_REGION, "us-east-1")])).unwrap();
        assert_eq!(account.endpoint, "https://bedrock-runtime.us-east-1.amazonaws.com");
        let account =
            read(&with(&[(DEFAULT_REGION, "us-east-1"), (ENDPOINT, "https://vpce.example/")])).unwrap();
        assert_eq!((&*account.region, &*account.endpoint), ("eu-west-1", "https://vpce.example"));
    }

    #[test]
    fn all_that_is_missing_is_said_in_one_line() {
        let said = read(&[]).unwrap_err().to_string();
        assert!(said.contains("AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION;"), "{said}");
        assert!(!said.contains('\n'));
        let said = read(&with(&[(SECRET_KEY, "")])).unwrap_err().to_string();
        assert!(said.contains("variables AWS_SECRET_ACCESS_KEY;") && !said.contains("hidden"), "{said}");
        assert!(read(&ALL[..2]).is_err(), "no region");
    }

    #[test]
    fn a_region_or_endpoint_that_makes_no_address_is_refused() {
        for variables in [[(REGION, "eu west 1")], [(ENDPOINT, "127.0.0.1:80")], [(ENDPOINT, "file:///etc")]]
        {
            assert!(matches!(read(&with(&variables)), Err(AmazonError::Address(_))), "{variables:?}");
        }
    }

    #[test]
    fn keys_are_not_shown() {
        let shown = format!("{:?}", read(&ALL).unwrap());
        assert!(
            shown.contains("eu-west-1") && !shown.contains("hidden") && !shown.contains("AKID"),
            "{shown}"
        );
    }
}
