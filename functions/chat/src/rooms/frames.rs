//! The frames of clients: what each asks for is done, and answered by a frame.

use chat_rules::frames::{Frame, Outgoing};
use jiff::Timestamp;
use maru_connections::{Connections, Sent};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, logs};
use maru_outbox::Outbox;
use serde::Deserialize;

use super::beside::Letter;
use super::connections::Connection;
use super::fan_out::Word;
use super::keys::{in_room_key, member_key, sent_key};
use super::presence::Counted;
use super::refusal::{Refusal, notice};
use crate::error::Error;
use crate::store::Store;

/// Does what clients ask for.
#[derive(Clone, Debug)]
pub struct Chat {
    store: Store,
    outbox: Outbox,
    word: Word,
    connections: Connections,
}

/// What is looked up for a message, in one call: the attributes of whichever of the items.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Known {
    sk: String,
    #[serde(default)]
    nickname: Option<String>,
    #[serde(default)]
    sequence: Option<u64>,
}

impl FromEnvironment for Chat {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self {
            store: Store::from_environment(environment)?,
            outbox: Outbox::from_environment(environment)?,
            word: Word::from_environment(environment)?,
            connections: Connections::from_environment(environment)?,
        })
    }
}

impl Chat {
    /// Does what a frame of a connection asks for, and answers it. Whatever is wrong with it is a frame with a code.
    ///
    /// # Errors
    /// [`Error`] for the log, when something failed that should not: the client is told to try again.
    pub async fn receive(&self, connection: &str, text: &str, now: Timestamp) -> Result<(), Error> {
        let (frame, done) = match Frame::read(text.as_bytes()) {
            Ok(frame) => {
                let done = self.answer(connection, &frame, now).await;
                (Some(frame), done)
            }
            Err(unreadable) => (None, self.wrong(connection, unreadable.into(), now).await),
        };
        let (answer, failure) = match done {
            Ok(answer) => (answer, Ok(())),
            Err(error) => {
                let answer = Outgoing::Error(notice(&error, frame.as_ref()));
                (answer, if error.is_the_clients() { Ok(()) } else { Err(error) })
            }
        };
        match self.connections.send(connection, answer.to_bytes()).await {
            Ok(Sent::Delivered) => {}
            Ok(Sent::Gone) => self.store.disconnect(connection, &self.word).await?,
            // The client asks again for what it hears nothing of.
            Err(error) => {
                tracing::warn!(connection.id = connection, error = logs::chain(&error), "not answered")
            }
        }
        failure
    }

    /// A frame that cannot be read counts among those of its sender, too.
    async fn wrong(&self, connection: &str, refusal: Refusal, now: Timestamp) -> Result<Outgoing, Error> {
        let member = self.open(connection, now).await?.member_id;
        self.store.allow_frame(&member, now).await?;
        Err(refusal.into())
    }

    async fn answer(&self, id: &str, frame: &Frame, now: Timestamp) -> Result<Outgoing, Error> {
        let connection = self.open(id, now).await?;
        let member = connection.member_id.as_str();
        if !matches!(frame, Frame::Send { .. }) {
            self.store.allow_frame(member, now).await?;
        }
        match frame {
            Frame::Join { room, after } => {
                self.store.head(room).await?.ok_or(Refusal::NoSuchRoom)?;
                // Entered first, read then: see `chat_rules::catch_up`.
                let counted = self.store.enter(id, &connection, room, now).await?;
                let joined = Box::pin(self.store.joined(room, member, *after)).await;
                if matches!(joined, Err(Error::Refused(Refusal::NoSuchRoom))) {
                    // It was deleted after the first look, and whoever did that may have been here before this.
                    self.store.enter_no_more(id, member, room).await?;
                } else {
                    self.announce(room, counted).await;
                }
                Ok(Outgoing::Joined(joined?))
            }
            Frame::Leave { room } => {
                let counted = self.store.leave(id, member, room).await?;
                self.announce(room, counted).await;
                Ok(Outgoing::Left { room_id: room.clone() })
            }
            Frame::Send { room, client_id, text } => {
                let sequence = self.say(id, member, room, client_id, text, now).await?;
                Ok(Outgoing::Sent { room_id: room.clone(), client_id: client_id.clone(), sequence })
            }
            Frame::Read { room, sequence } => {
                self.joined(id, room).await?;
                let sequence = self.store.read_up_to(room, member, *sequence).await?;
                Ok(Outgoing::Read { room_id: room.clone(), sequence })
            }
        }
    }

    async fn say(
        &self,
        id: &str,
        member: &str,
        room: &str,
        client_id: &str,
        text: &str,
        now: Timestamp,
    ) -> Result<u64, Error> {
        let (in_room, sent) = (in_room_key(id, room), sent_key(member, room, client_id));
        let keys = vec![member_key(member), in_room.clone(), sent.clone()];
        let known: Vec<Known> = self.store.table().get_all(keys, true).await?;
        let find = |sk: &str| known.iter().find(|known| known.sk == sk);
        if find(&in_room.sk).is_none() {
            return Err(Refusal::NotJoined.into());
        }
        // What is stored is answered again, and counts once.
        if let Some(sequence) = find(&sent.sk).and_then(|sent| sent.sequence) {
            return Ok(sequence);
        }
        self.store.allow_message(member, now).await?;
        let letter = Letter {
            room_id: room.to_owned(),
            author_id: member.to_owned(),
            nickname: find("member").and_then(|member| member.nickname.clone()),
            client_id: client_id.to_owned(),
            text: text.to_owned(),
            sent_at: now,
        };
        self.store.say(&self.outbox, &self.word, &letter).await
    }

    async fn announce(&self, room: &str, counted: Counted) {
        if counted == Counted::Changed {
            self.word.participants_changed(&self.store, room).await;
        }
    }

    async fn open(&self, id: &str, now: Timestamp) -> Result<Connection, Error> {
        let connection = self.store.connection(id).await?.filter(|connection| connection.is_open(now));
        Ok(connection.ok_or(Refusal::NotConnected)?)
    }

    async fn joined(&self, id: &str, room: &str) -> Result<(), Error> {
        if self.store.is_in(id, room).await? { Ok(()) } else { Err(Refusal::NotJoined.into()) }
    }
}
