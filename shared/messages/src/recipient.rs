//! Whom a message is for, and a message that is written once and sent as often as it takes.

use maru_lambda::Environment;
use serde::{Deserialize, Serialize};

use crate::{Bus, Envelope, Queue, SendError};

/// Where a message goes, in a form that can be stored.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Address {
    /// The bus of this name.
    Bus(String),
    /// The queue with this URL.
    Queue(String),
}

/// An envelope as it travels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The envelope's type.
    pub kind: String,
    /// The whole envelope, as JSON.
    pub body: String,
}

impl Letter {
    /// The letter with this envelope in it.
    ///
    /// # Errors
    /// [`SendError`] when its data cannot be written as JSON.
    pub fn of<T: Serialize>(envelope: &Envelope<T>) -> Result<Self, SendError> {
        Ok(Self { kind: envelope.kind.to_owned(), body: envelope.to_json()? })
    }
}

/// The bus or a queue.
#[derive(Clone, Debug)]
pub enum Recipient {
    /// The bus: whoever has a rule for the letter's type.
    Bus(Bus),
    /// One queue.
    Queue(Queue),
}

impl Recipient {
    /// Who is at `address`.
    #[must_use]
    pub fn at(environment: &Environment, address: &Address) -> Self {
        match address {
            Address::Bus(name) => Self::Bus(Bus::at(environment, name)),
            Address::Queue(url) => Self::Queue(Queue::at(environment, url)),
        }
    }

    /// Where it is.
    #[must_use]
    pub fn address(&self) -> Address {
        match self {
            Self::Bus(bus) => Address::Bus(bus.name.clone()),
            Self::Queue(queue) => Address::Queue(queue.url.clone()),
        }
    }

    /// Sends the letter.
    ///
    /// # Errors
    /// [`SendError`]: it may not have been sent.
    pub async fn deliver(&self, letter: &Letter) -> Result<(), SendError> {
        match self {
            Self::Bus(bus) => bus.deliver(letter).await,
            Self::Queue(queue) => queue.deliver(letter).await,
        }
    }
}

impl From<&Bus> for Recipient {
    fn from(bus: &Bus) -> Self {
        Self::Bus(bus.clone())
    }
}

impl From<&Queue> for Recipient {
    fn from(queue: &Queue) -> Self {
        Self::Queue(queue.clone())
    }
}
