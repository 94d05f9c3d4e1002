//! The model that a function uses, and how it is reached.

use std::time::Duration;

use aws_sdk_bedrockruntime::Client;
use aws_sdk_bedrockruntime::config::retry::RetryConfig;
use aws_sdk_bedrockruntime::config::timeout::TimeoutConfig;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, OnFirstUse};
use tokio::time::Instant;

/// A model of Amazon Bedrock.
#[derive(Clone, Debug)]
pub struct Model {
    pub(crate) client: OnFirstUse<Client>,
    pub(crate) id: String,
    pub(crate) daily_tokens: u64,
    pub(crate) fund: Option<&'static str>,
    pub(crate) patience: Duration,
    pub(crate) deadline: Option<Instant>,
}

impl FromEnvironment for Model {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let client = environment.client(|aws| {
            // The ledger counts each call, so the client must not make some of its own; and how long a call may
            // take is for `patience` to say.
            let builder = aws_sdk_bedrockruntime::config::Builder::from(aws)
                .retry_config(RetryConfig::disabled())
                .timeout_config(TimeoutConfig::builder().disable_operation_attempt_timeout().build());
            Client::from_conf(builder.build())
        });
        Ok(Self {
            client,
            id: environment.require("MODEL_ID")?.to_owned(),
            daily_tokens: environment.parse("MODEL_DAILY_TOKENS")?,
            fund: None,
            patience: Duration::from_secs(environment.parse("MODEL_TIMEOUT_SECONDS")?),
            deadline: None,
        })
    }
}

impl Model {
    /// The model's id, for results to name what wrote them.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The same model for a user, or for all users without an account together, whose calls of a day may cost
    /// `daily_tokens`. The guests' are in sixteen equal shares, rounded down, and a job without an account is paid from
    /// one of them by its id: let a sixteenth be enough for many calls.
    #[must_use]
    pub fn allowing(&self, daily_tokens: u64) -> Self {
        Self { daily_tokens, ..self.clone() }
    }

    /// The same model for jobs without an account that are not guests': their calls of a day may cost `daily_tokens`
    /// together, out of a budget of their own by the name of `fund`. It is in sixteen shares as the guests' is.
    #[must_use]
    pub fn paid_from(&self, fund: &'static str, daily_tokens: u64) -> Self {
        Self { daily_tokens, fund: Some(fund), ..self.clone() }
    }

    /// The same model, waited for until `deadline` at the latest, with all calls together: what is not whole by then
    /// ends as [`crate::AskError::TimedOut`], and no call begins after it.
    #[must_use]
    pub fn until(&self, deadline: Instant) -> Self {
        Self { deadline: Some(self.deadline.map_or(deadline, |other| other.min(deadline))), ..self.clone() }
    }
}
