//! Handing out what was said to everybody who is in the room.
//!
//! Word of it is in the outbox by the transaction that stores it, so it comes, at least once. Whoever gets it reads who
//! is in the room then: whoever enters later reads the message by themselves ([`chat_rules::catch_up`]). A frame that
//! comes twice is dropped by the client.

use std::time::Duration;

use chat_rules::fan_out::{Plan, next_attempt, plan};
use chat_rules::frames::Outgoing;
use futures::StreamExt;
use jiff::Timestamp;
use maru_connections::{ConnectionError, Connections, Sent};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, logs, new_id};
use maru_messages::{Envelope, Queue};
use maru_outbox::{Outbox, Posted as Post};
use serde::{Deserialize, Serialize};

use super::presence::Entered;
use crate::error::Error;
use crate::store::Store;

/// The type of the messages with news of a room.
const MESSAGE_POSTED: &str = "chat.message_posted";

/// The type of the messages with a part of a room's connections.
const FAN_OUT_REQUESTED: &str = "chat.fan_out_requested";

/// In how long whatever else changes is announced together.
const ANNOUNCED_AFTER: Duration = Duration::from_secs(2);

/// To how many connections one function sends at the same time.
const AT_ONCE: usize = 32;

/// How many connections that are gone are cleared away at the same time.
const FORGOTTEN_AT_ONCE: usize = 8;

/// How long clearing away may take. A connection that is left is found by the next message.
const FORGETTING: Duration = Duration::from_secs(15);

/// What there is to tell those in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "camelCase")]
pub enum What {
    /// Something was said.
    Said {
        /// The sequence of the first message.
        first: u64,
        /// The sequence of the last one.
        last: u64,
    },
    /// The number of participants has changed.
    Participants,
}

/// News of a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct News {
    /// Where.
    pub room_id: String,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

/// A part of the connections of a room, which are to be sent the news.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FanOutRequested {
    /// The news.
    #[serde(flatten)]
    pub news: News,
    /// How often these were tried, this time included.
    pub attempt: u32,
    /// To whom.
    pub connections: Vec<String>,
}

/// Where news of rooms goes: `MessageQueue`.
#[derive(Clone, Debug)]
pub struct Word(Queue);

impl FromEnvironment for Word {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self(Queue::open(environment, "MESSAGE_QUEUE_URL")?))
    }
}

impl Word {
    /// Word of the messages from `first` to `last`, for the transaction that stores them.
    ///
    /// # Errors
    /// [`Error::Send`], never in practice.
    pub fn of(
        &self,
        outbox: &Outbox,
        room: &str,
        first: u64,
        last: u64,
        now: Timestamp,
    ) -> Result<Post, Error> {
        let news = News { room_id: room.to_owned(), what: What::Said { first, last } };
        let envelope = Envelope::new(format!("{room}-{first}"), MESSAGE_POSTED, now, news);
        Ok(outbox.post(&self.0, &envelope)?)
    }

    /// Asks that those in `room` are told how many they are by now. What fails is logged: the next change asks again.
    pub async fn participants_changed(&self, store: &Store, room: &str) {
        let now = store.table().clock().now();
        let asked = async {
            if store.announce(room, now).await? {
                let news = News { room_id: room.to_owned(), what: What::Participants };
                let envelope = Envelope::new(new_id("cnt", now), MESSAGE_POSTED, now, news);
                if let Err(error) = self.0.send_later(&envelope, ANNOUNCED_AFTER).await {
                    // Else the mark would keep others from asking.
                    store.announced(room).await?;
                    return Err(error.into());
                }
            }
            Ok::<_, Error>(())
        };
        if let Err(error) = asked.await {
            tracing::warn!(room.id = room, error = logs::chain(&error), "participants are not announced");
        }
    }
}

/// Where parts of large rooms go, and what is to be tried again.
#[derive(Clone, Debug)]
pub struct FanOutQueue(Queue);

impl FromEnvironment for FanOutQueue {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self(Queue::open(environment, "FAN_OUT_QUEUE_URL")?))
    }
}

impl FanOutQueue {
    async fn ask(&self, requests: Vec<FanOutRequested>, now: Timestamp) -> Result<(), Error> {
        let envelopes: Vec<_> = requests.into_iter().map(|data| envelope(data, now)).collect();
        Ok(self.0.send_all(&envelopes).await?)
    }

    /// Asks for the next attempt: each waits twice as long as the one before, from two seconds on.
    async fn ask_again(&self, request: FanOutRequested, now: Timestamp) -> Result<(), Error> {
        let pause = Duration::from_secs(1 << request.attempt.saturating_sub(1).min(9));
        Ok(self.0.send_later(&envelope(request, now), pause).await?)
    }
}

fn envelope(request: FanOutRequested, now: Timestamp) -> Envelope<FanOutRequested> {
    Envelope::new(new_id("fan", now), FAN_OUT_REQUESTED, now, request)
}

/// Hands out what was said.
#[derive(Clone, Debug)]
pub struct Delivery {
    store: Store,
    word: Word,
    queue: FanOutQueue,
    connections: Connections,
}

impl FromEnvironment for Delivery {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self {
            store: Store::from_environment(environment)?,
            word: Word::from_environment(environment)?,
            queue: FanOutQueue::from_environment(environment)?,
            connections: Connections::from_environment(environment)?,
        })
    }
}

impl Delivery {
    /// Hands out news to a small room, and deals out the connections of a larger one.
    ///
    /// # Errors
    /// [`Error`]: begin again, what comes twice is dropped by the clients.
    pub async fn plan(&self, news: News) -> Result<(), Error> {
        let now = self.store.table().clock().now();
        if news.what == What::Participants {
            // Before they are counted: whatever changes later is announced by another message.
            self.store.announced(&news.room_id).await?;
        }
        let entered = self.store.entered(&news.room_id).await?;
        let (open, over): (Vec<Entered>, Vec<Entered>) =
            entered.into_iter().partition(|each| now.as_second() < each.until);
        let part = |connections| FanOutRequested { news: news.clone(), attempt: 1, connections };
        let mut gone = match plan(open.into_iter().map(|each| each.connection_id).collect()) {
            Plan::Direct(connections) => self.send(part(connections)).await?,
            Plan::Chunks(chunks) => {
                self.queue.ask(chunks.into_iter().map(part).collect(), now).await?;
                Vec::new()
            }
        };
        // First those who wait for the message.
        gone.extend(over.into_iter().map(|each| each.connection_id));
        self.forget(gone).await;
        Ok(())
    }

    /// Hands out news to some connections. Those that are gone are forgotten; those that cannot be reached at the moment,
    /// and only those, are asked for again.
    ///
    /// # Errors
    /// [`Error`]: begin again, what comes twice is dropped by the clients.
    pub async fn hand_out(&self, request: FanOutRequested) -> Result<(), Error> {
        let gone = self.send(request).await?;
        self.forget(gone).await;
        Ok(())
    }

    /// Sends news to some connections; gives those that are gone.
    async fn send(&self, request: FanOutRequested) -> Result<Vec<String>, Error> {
        let FanOutRequested { news, attempt, connections } = request;
        if connections.is_empty() {
            return Ok(Vec::new());
        }
        let Some(outgoing) = self.frame(&news).await? else { return Ok(Vec::new()) };
        let frame = outgoing.to_bytes();
        let frame = frame.as_slice();
        let sent = futures::stream::iter(connections).map(async |connection| {
            let sent = self.connections.send(&connection, frame).await;
            (connection, sent)
        });
        let sent: Vec<(String, Result<Sent, ConnectionError>)> =
            sent.buffer_unordered(AT_ONCE).collect().await;
        let (mut gone, mut unreached) = (Vec::new(), Vec::new());
        for (connection, outcome) in sent {
            match outcome {
                Ok(Sent::Delivered) => {}
                Ok(Sent::Gone) => gone.push(connection),
                Err(error) => {
                    tracing::warn!(connection.id = connection, error = logs::chain(&error), "not reached");
                    unreached.push(connection);
                }
            }
        }
        let room = news.room_id.clone();
        if !unreached.is_empty() {
            self.again(news, attempt, unreached).await?;
        }
        if let Outgoing::Participants { participants, .. } = outgoing
            && self.store.participants(&room).await? != participants
        {
            // What was told may have come after the word of the change since: it is told once more.
            self.word.participants_changed(&self.store, &room).await;
        }
        Ok(gone)
    }

    /// The frame with the news; none when there are none.
    async fn frame(&self, news: &News) -> Result<Option<Outgoing>, Error> {
        let room_id = news.room_id.clone();
        let frame = match news.what {
            What::Participants => {
                Outgoing::Participants { participants: self.store.participants(&room_id).await?, room_id }
            }
            What::Said { first, last } => {
                let messages = self.store.messages(&room_id, first..=last).await?;
                if messages.is_empty() {
                    return Ok(None);
                }
                let messages = messages.into_iter().map(|message| message.view(&room_id)).collect();
                Outgoing::Messages { room_id, messages }
            }
        };
        Ok(Some(frame))
    }

    async fn again(&self, news: News, attempt: u32, connections: Vec<String>) -> Result<(), Error> {
        let Some(attempt) = next_attempt(attempt) else {
            // The client finds out by the next message, or when it joins again.
            tracing::error!(room.id = news.room_id, unreached = connections.len(), "given up");
            return Ok(());
        };
        let now = self.store.table().clock().now();
        self.queue.ask_again(FanOutRequested { news, attempt, connections }, now).await
    }

    /// What cannot be cleared away now is found again by the next message: this one is not to come again for it.
    async fn forget(&self, gone: Vec<String>) {
        let forgotten =
            futures::stream::iter(gone).for_each_concurrent(FORGOTTEN_AT_ONCE, async |connection| {
                if let Err(error) = self.store.disconnect(&connection, &self.word).await {
                    tracing::warn!(
                        connection.id = connection,
                        error = logs::chain(&error),
                        "not cleared away"
                    );
                }
            });
        if tokio::time::timeout(FORGETTING, forgotten).await.is_err() {
            tracing::warn!("not all that are gone are cleared away");
        }
    }
}
