//! Publishing on the EventBridge bus.

use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::types::PutEventsRequestEntry;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, OnFirstUse};
use serde::Serialize;

use crate::{Envelope, Letter, SendError};

/// The bus that all domains share.
#[derive(Clone, Debug)]
pub struct Bus {
    client: OnFirstUse<Client>,
    pub(crate) name: String,
}

impl FromEnvironment for Bus {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self::at(environment, environment.require("EVENT_BUS_NAME")?))
    }
}

impl Bus {
    /// The bus of this name.
    pub fn at(environment: &Environment, name: impl Into<String>) -> Self {
        Self { client: environment.client(Client::new), name: name.into() }
    }

    /// Publishes one event: its type becomes the detail-type, the domain before the dot the source.
    ///
    /// # Errors
    /// [`SendError`], also when the bus took the call but not the event.
    pub async fn publish<T: Serialize>(&self, event: &Envelope<T>) -> Result<(), SendError> {
        self.deliver(&Letter::of(event)?).await
    }

    pub(crate) async fn deliver(&self, letter: &Letter) -> Result<(), SendError> {
        let domain = letter.kind.split('.').next().unwrap_or(&letter.kind);
        let entry = PutEventsRequestEntry::builder()
            .event_bus_name(&self.name)
            .source(format!("maru.{domain}"))
            .detail_type(&letter.kind)
            .detail(&letter.body)
            .build();
        let answer = self.client.put_events().entries(entry).send().await;
        let answer = answer.map_err(|error| self.failed(error))?;
        if answer.failed_entry_count > 0 {
            let reason =
                answer.entries().iter().find_map(|entry| entry.error_message()).unwrap_or("no reason given");
            return Err(self.failed(format!("the bus refused the event: {reason}")));
        }
        Ok(())
    }

    fn failed(&self, source: impl Into<maru_lambda::BoxError>) -> SendError {
        SendError::new(&self.name, source)
    }
}
