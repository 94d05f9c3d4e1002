//! Sending to an SQS queue.

use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use maru_lambda::{ConfigurationError, Environment, OnFirstUse};
use serde::Serialize;

use crate::{Envelope, Letter, SendError};

/// The most messages that one `SendMessageBatch` takes.
const BATCH: usize = 10;

/// How often what a batch left behind is sent again.
const ATTEMPTS: u32 = 5;

/// A queue to send to.
#[derive(Clone, Debug)]
pub struct Queue {
    client: OnFirstUse<Client>,
    pub(crate) url: String,
}

impl Queue {
    /// The queue whose URL is in the environment variable `variable`.
    ///
    /// # Errors
    /// [`ConfigurationError`] when the variable is not set.
    pub fn open(environment: &Environment, variable: &str) -> Result<Self, ConfigurationError> {
        Ok(Self::at(environment, environment.require(variable)?))
    }

    /// The queue with this URL.
    pub fn at(environment: &Environment, url: impl Into<String>) -> Self {
        Self { client: environment.client(Client::new), url: url.into() }
    }

    /// Sends one message.
    ///
    /// # Errors
    /// [`SendError`].
    pub async fn send<T: Serialize>(&self, message: &Envelope<T>) -> Result<(), SendError> {
        self.deliver(&Letter::of(message)?).await
    }

    /// Sends one message that nobody receives before `delay` is over, in whole seconds of at most 15 minutes.
    ///
    /// # Errors
    /// [`SendError`].
    pub async fn send_later<T: Serialize>(
        &self,
        message: &Envelope<T>,
        delay: Duration,
    ) -> Result<(), SendError> {
        let seconds = i32::try_from(delay.as_secs()).unwrap_or(i32::MAX);
        let request = self.client.send_message().queue_url(&self.url).message_body(message.to_json()?);
        request.delay_seconds(seconds).send().await.map(|_| ()).map_err(|error| self.failed(error))
    }

    pub(crate) async fn deliver(&self, letter: &Letter) -> Result<(), SendError> {
        let request = self.client.send_message().queue_url(&self.url).message_body(&letter.body);
        request.send().await.map(|_| ()).map_err(|error| self.failed(error))
    }

    /// Sends all of `messages`. When it fails, some of them may have been sent.
    ///
    /// # Errors
    /// [`SendError`].
    pub async fn send_all<T: Serialize>(&self, messages: &[Envelope<T>]) -> Result<(), SendError> {
        for batch in messages.chunks(BATCH) {
            self.send_batch(batch).await?;
        }
        Ok(())
    }

    async fn send_batch<T: Serialize>(&self, messages: &[Envelope<T>]) -> Result<(), SendError> {
        let mut rest = Vec::with_capacity(messages.len());
        for (index, message) in messages.iter().enumerate() {
            let entry = SendMessageBatchRequestEntry::builder().id(index.to_string());
            let entry = entry.message_body(message.to_json()?).build();
            rest.push(entry.map_err(|error| self.failed(error))?);
        }
        for attempt in 0..ATTEMPTS {
            let request = self.client.send_message_batch().queue_url(&self.url);
            let answer = request.set_entries(Some(rest.clone())).send().await;
            let failed = answer.map_err(|error| self.failed(error))?.failed;
            if failed.is_empty() {
                return Ok(());
            }
            rest.retain(|entry| failed.iter().any(|failure| failure.id == entry.id));
            tokio::time::sleep(Duration::from_millis(50 << attempt)).await;
        }
        Err(self.failed("the queue did not take all messages"))
    }

    fn failed(&self, source: impl Into<maru_lambda::BoxError>) -> SendError {
        SendError::new(&self.url, source)
    }
}
