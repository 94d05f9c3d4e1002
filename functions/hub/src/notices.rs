//! Telling an owner that a resume was liked or commented on.
//!
//! A notice is written by the transaction of the like or the comment, and sent by whoever does what follows
//! ([`crate::follow_up`]): up to ten in one call, and so without any call of the one who likes. It is deleted when
//! it was sent; sent twice, it is told once, by its id.

use jiff::Timestamp;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_messages::{Envelope, Queue};
use maru_publications::Card;
use maru_store::{Key, StoreError};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::store::{Store, notices_partition};

/// The type of the messages.
const NOTIFICATION_REQUESTED: &str = "notification.requested";

/// How many notices are read at a time.
const BATCH: i32 = 100;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Kind {
    /// Somebody likes the resume.
    Like,
    /// Somebody commented on it.
    Comment,
}

/// What an owner is to be told.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    recipient_id: String,
    kind: Kind,
    actor_id: String,
    resume_id: String,
    resume_title: String,
    at: Timestamp,
}

/// The data of the message.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct NotificationRequested {
    #[serde(flatten)]
    notice: Notice,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor_nickname: Option<String>,
}

#[derive(Deserialize)]
struct Waiting {
    /// Names what was done, and the message.
    #[serde(rename = "sk")]
    id: String,
    #[serde(flatten)]
    notice: Notice,
}

/// Where messages to owners go.
#[derive(Clone, Debug)]
pub struct Notices {
    store: Store,
    queue: Queue,
}

impl Notice {
    /// That `actor` did something to the resume of `card`; none about what is one's own.
    #[must_use]
    pub fn new(kind: Kind, card: &Card, actor: &str, at: Timestamp) -> Option<Self> {
        (card.owner_id != actor).then(|| Self {
            recipient_id: card.owner_id.clone(),
            kind,
            actor_id: actor.to_owned(),
            resume_id: card.resume_id.clone(),
            resume_title: card.title.clone(),
            at,
        })
    }

    /// The key of the notice; `id` names what was done.
    #[must_use]
    pub fn key(&self, id: &str) -> Key {
        Key::new(notices_partition(&self.resume_id), id)
    }
}

impl FromEnvironment for Notices {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let queue = Queue::open(environment, "NOTIFICATION_QUEUE_URL")?;
        Ok(Self { store: Store::from_environment(environment)?, queue })
    }
}

impl Notices {
    /// Sends the notices of a resume, with what their actors are called now.
    ///
    /// # Errors
    /// [`Error`]: begin again, what was sent twice is told once.
    pub async fn send(&self, resume: &str) -> Result<(), Error> {
        loop {
            let waiting = self.waiting(resume).await?;
            let keys: Vec<Key> = waiting.iter().map(|each| each.notice.key(&each.id)).collect();
            let actors: Vec<&str> = waiting.iter().map(|each| each.notice.actor_id.as_str()).collect();
            if waiting.is_empty() {
                return Ok(());
            }
            let members = self.store.members().get_all(&actors).await?;
            let messages = waiting.into_iter().map(|Waiting { id, notice }| {
                let member = members.get(&notice.actor_id);
                let actor_nickname = member.and_then(|member| member.nickname.clone());
                let at = notice.at;
                Envelope::new(
                    id,
                    NOTIFICATION_REQUESTED,
                    at,
                    NotificationRequested { notice, actor_nickname },
                )
            });
            self.queue.send_all(&messages.collect::<Vec<_>>()).await?;
            self.store.table().delete_all(keys).await?;
        }
    }

    async fn waiting(&self, resume: &str) -> Result<Vec<Waiting>, StoreError> {
        let query = self.store.table().query(&notices_partition(resume)).consistent_read(true);
        self.store.table().query_page(query.limit(BATCH)).await
    }
}
