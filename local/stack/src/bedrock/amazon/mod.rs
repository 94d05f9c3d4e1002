//! The real Amazon Bedrock (`cargo local --bedrock`): calls are signed anew and passed on as they came.
//!
//! The functions' own signatures cannot be used: they sign for the local endpoint, each with an access key that
//! only names it. What the service answers, refusals too, reaches the caller unchanged.

mod account;
mod relay;
mod sign;
mod streams;

use std::time::{Duration, SystemTime};

use axum::http::{
    HeaderMap,
    header::{ACCEPT, CONTENT_TYPE},
    request::Parts,
};
use bytes::Bytes;
use reqwest::{Client, Response, redirect::Policy};

use self::account::Account;
use super::wire::error::{Kind, ServiceError};

/// How long to wait for a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// The service, as one account reaches it in one region.
#[derive(Debug)]
pub struct AmazonBedrock {
    account: Account,
    client: Client,
}

/// Why the service cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AmazonError {
    /// Variables that are not set, or empty.
    #[error(
        "Amazon Bedrock needs the environment variables {}; those of a profile: \
         eval \"$(aws configure export-credentials --format env)\"",
        .0.join(", ")
    )]
    Missing(Vec<&'static str>),
    /// The region or the endpoint makes no URL.
    #[error("Amazon Bedrock has no such address: {0}")]
    Address(String),
    /// The HTTP client cannot be set up.
    #[error("the TLS library cannot be set up")]
    Client(#[source] reqwest::Error),
}

impl AmazonBedrock {
    /// The service for the account and region that the usual variables name: `AWS_ACCESS_KEY_ID`,
    /// `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN` (for temporary keys), `AWS_REGION` or else
    /// `AWS_DEFAULT_REGION`. `AWS_ENDPOINT_URL_BEDROCK_RUNTIME` gives another base URL, such as a VPC endpoint's
    /// (<https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html>).
    ///
    /// `variable` reads one. `patience` is the longest silence that is waited out, before the first byte and
    /// between two.
    ///
    /// # Errors
    /// [`AmazonError`] when variables are missing or name no address, or without a TLS library.
    pub fn from_environment(
        variable: impl Fn(&str) -> Option<String>,
        patience: Duration,
    ) -> Result<Self, AmazonError> {
        let account = Account::read(variable)?;
        // A redirect would carry the session token to another host.
        let client = Client::builder().redirect(Policy::none());
        let client = client.connect_timeout(CONNECT_TIMEOUT).read_timeout(patience).build();
        Ok(Self { account, client: client.map_err(AmazonError::Client)? })
    }

    /// Passes a call on, with our signature. An answer of any status is an answer; an error means that there is
    /// none.
    async fn send(&self, passage: &Passage) -> Result<Response, ServiceError> {
        let url = format!("{}{}", self.account.endpoint, passage.path);
        let request = self.client.post(url).headers(passage.headers.clone()).body(passage.body.clone());
        let mut request = request.build().map_err(|error| unsent(&error))?;
        // The service compares the time with its own, whatever the time is that the stack plays.
        sign::sign(&mut request, &self.account, SystemTime::now()).map_err(|error| unsent(&*error))?;
        self.client.execute(request).await.map_err(|error| unanswered(&error))
    }
}

/// What of a call is passed on: everything but what belongs to the local connection and signature.
pub(super) struct Passage {
    /// Still percent-encoded.
    path: String,
    headers: HeaderMap,
    body: Bytes,
}

impl Passage {
    /// What is to be passed on of a request.
    pub(super) fn of(head: &Parts, body: Bytes) -> Self {
        let kept = [CONTENT_TYPE, ACCEPT].into_iter();
        let headers = kept.filter_map(|name| head.headers.get(&name).cloned().map(|value| (name, value)));
        Self { path: head.uri.path().to_owned(), headers: headers.collect(), body }
    }
}

fn unsent(error: &dyn std::error::Error) -> ServiceError {
    ServiceError::new(Kind::Internal, format!("The call could not be sent to Amazon Bedrock: {error}"))
}

/// The SDK tries again after 503, so that is what a service that was not reached becomes.
fn unanswered(error: &reqwest::Error) -> ServiceError {
    let silent = error.is_timeout() && !error.is_connect();
    let kind = if silent { Kind::ModelTimeout } else { Kind::ServiceUnavailable };
    ServiceError::new(kind, format!("Amazon Bedrock gave no answer: {error}"))
}
