//! What is sent to WebSocket connections: through API Gateway's management API, from whichever function.
//!
//! Nobody else knows whether a connection is still there: `$disconnect` may never come. So [`Connections::send`] says
//! when one is gone, and whoever keeps a list of connections takes it out then.
//!
//! The AWS SDK's own client is used, because the Lambdas link its runtime anyway and three operations are little: the
//! signing, the paths and the repeating of what was throttled would otherwise have to be written again.
#![warn(missing_docs)]

use std::time::Duration;

use aws_sdk_apigatewaymanagement::Client;
use aws_sdk_apigatewaymanagement::config::Builder;
use aws_sdk_apigatewaymanagement::config::retry::RetryConfig;
use aws_sdk_apigatewaymanagement::config::timeout::TimeoutConfig;
use aws_sdk_apigatewaymanagement::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_apigatewaymanagement::primitives::Blob;
use maru_lambda::websocket::MESSAGE_LIMIT;
use maru_lambda::{BoxError, ConfigurationError, Environment, FromEnvironment, OnFirstUse};

/// The variable with the address of the management API: the API's host and the stage
/// (`https://<id>.execute-api.<region>.amazonaws.com/<stage>`).
const URL: &str = "CHAT_MANAGEMENT_URL";

/// How long one attempt may take. One connection must not hold up those who come after it.
const LONGEST_ATTEMPT: Duration = Duration::from_secs(3);

/// How often it is tried; between two attempts up to [`FIRST_PAUSE`], then up to twice that.
const ATTEMPTS: u32 = 3;

/// The longest pause after the first attempt.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// The connections of the chat's WebSocket API.
#[derive(Clone, Debug)]
pub struct Connections {
    client: OnFirstUse<Client>,
}

/// What became of something that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// The gateway has it, and the connection was there.
    Delivered,
    /// The connection is no more; it will never come back under this id.
    Gone,
}

/// Nobody knows whether it arrived, or it cannot be sent at all.
#[derive(Debug, thiserror::Error)]
pub enum ConnectionError {
    /// More than API Gateway passes on ([`MESSAGE_LIMIT`]); nothing was sent.
    #[error("a message of {0} bytes is over the limit of {MESSAGE_LIMIT}")]
    TooLarge(usize),
    /// Throttled, broken or silent each time. It may have arrived, and worth another try later.
    #[error("API Gateway did not take it")]
    Unavailable(#[source] BoxError),
    /// Refused as wrong: no permission, no such API.
    #[error("API Gateway refused it")]
    Refused(#[source] BoxError),
}

impl FromEnvironment for Connections {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let url = environment.require(URL)?.to_owned();
        let client = environment.client(move |aws| {
            let time_outs = TimeoutConfig::builder().operation_attempt_timeout(LONGEST_ATTEMPT).build();
            let retries =
                RetryConfig::standard().with_max_attempts(ATTEMPTS).with_initial_backoff(FIRST_PAUSE);
            let configuration = Builder::from(aws).endpoint_url(url);
            Client::from_conf(configuration.timeout_config(time_outs).retry_config(retries).build())
        });
        Ok(Self { client })
    }
}

impl Connections {
    /// Sends a text to a connection, in UTF-8, at most [`MESSAGE_LIMIT`] bytes. It may arrive twice when it is tried
    /// again after an answer that was lost.
    ///
    /// # Errors
    /// [`ConnectionError`].
    pub async fn send(
        &self,
        connection_id: &str,
        message: impl Into<Vec<u8>>,
    ) -> Result<Sent, ConnectionError> {
        let message = message.into();
        if message.len() > MESSAGE_LIMIT {
            return Err(ConnectionError::TooLarge(message.len()));
        }
        let sending = self.client.post_to_connection().connection_id(connection_id).data(Blob::new(message));
        outcome(sending.send().await.map(drop))
    }

    /// Ends a connection; one that is gone already stays so.
    ///
    /// # Errors
    /// [`ConnectionError`].
    pub async fn close(&self, connection_id: &str) -> Result<(), ConnectionError> {
        let closing = self.client.delete_connection().connection_id(connection_id);
        outcome(closing.send().await.map(drop)).map(drop)
    }
}

fn outcome<E>(answer: Result<(), SdkError<E>>) -> Result<Sent, ConnectionError>
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    let Err(error) = answer else { return Ok(Sent::Delivered) };
    match error.raw_response().map(|response| response.status().as_u16()) {
        Some(410) => Ok(Sent::Gone),
        Some(400..=428 | 430..=499) => Err(ConnectionError::Refused(error.into())),
        _ => Err(ConnectionError::Unavailable(error.into())),
    }
}
