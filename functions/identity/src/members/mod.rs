//! Members in the table: found, made, changed, closed. Whatever has to be unique is decided by the
//! transaction that writes it, and each change is written together with the message that tells of it.

mod close;
mod create;
mod save;

pub use close::{Erasure, Grant};
pub use create::{Credentials, Proof};

use jiff::Timestamp;
use maru_store::{Cancelled, StoreError};
use serde::{Deserialize, Serialize};

use crate::account::AccountName;
use crate::error::Error;
use crate::image::Picture;
use crate::nickname::Nickname;
use crate::profile::Profile;
use crate::providers::Provider;
use crate::store::{Store, member_key};

/// A member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    /// The account's id, `usr_…`.
    pub id: String,
    /// The name that others see.
    pub nickname: Nickname,
    /// The name that they sign in with, if they have a password.
    #[serde(default)]
    pub account: Option<AccountName>,
    /// Their logins at providers, at most one for each.
    #[serde(default)]
    pub connections: Vec<Connection>,
    /// What they say of themselves.
    pub profile: Profile,
    /// Their uploaded picture.
    #[serde(default)]
    pub image: Option<Picture>,
    /// Grows with each change, from 1 on.
    pub revision: i64,
    /// When they signed up.
    pub created_at: Timestamp,
    /// When they changed something last.
    pub updated_at: Timestamp,
}

/// A member's login at a provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// Where.
    pub provider: Provider,
    /// The account's id there.
    pub id: i64,
    /// What the account is called there.
    #[serde(default)]
    pub login: Option<String>,
    /// Since when.
    pub connected_at: Timestamp,
}

/// What there is of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A member.
    Open(Box<Member>),
    /// It was closed; it never comes back.
    Closed,
    /// There never was one of this id.
    Nobody,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Stored {
    Closed(Tombstone),
    Open(Box<Member>),
}

/// What stays of a closed account: that its id was somebody's.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tombstone {
    id: String,
    closed_at: Timestamp,
}

impl Member {
    /// A member who signs up now.
    #[must_use]
    pub fn new(id: String, nickname: Nickname, now: Timestamp) -> Self {
        Self {
            id,
            nickname,
            account: None,
            connections: Vec::new(),
            profile: Profile::default(),
            image: None,
            revision: 1,
            created_at: now,
            updated_at: now,
        }
    }
}

impl Store {
    /// What there is of the account `user`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn standing(&self, user: &str) -> Result<Standing, StoreError> {
        Ok(match self.table().get(&member_key(user), true).await? {
            Some(Stored::Open(member)) => Standing::Open(member),
            Some(Stored::Closed(Tombstone { id, closed_at })) => {
                tracing::debug!(user.id = id, %closed_at, "the account is closed");
                Standing::Closed
            }
            None => Standing::Nobody,
        })
    }

    /// The member `user`.
    ///
    /// # Errors
    /// [`Error::Closed`] if there is none, or no longer; [`Error::Store`].
    pub async fn member(&self, user: &str) -> Result<Member, Error> {
        match self.standing(user).await? {
            Standing::Open(member) => Ok(*member),
            Standing::Closed | Standing::Nobody => Err(Error::Closed),
        }
    }
}

/// What a cancelled transaction means, by which of its first writes was refused.
fn refusal(cancelled: &Cancelled, reasons: Vec<Error>) -> Error {
    let refused = reasons.into_iter().enumerate().find(|(index, _)| cancelled.failed_at(*index));
    // None of ours: a message's item met another one of its random id.
    refused.map_or(Error::Contended, |(_, reason)| reason)
}
