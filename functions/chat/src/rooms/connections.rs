//! Connections: whose each is, and how many a member has.
//!
//! `$disconnect` is not certain to come, and API Gateway ends a connection after two hours: one that is older counts no
//! more. What is left of it is cleared away when something cannot be sent to it.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::TransactWriteItem;
use chat_rules::presence::MOST_CONNECTIONS;
use jiff::{SignedDuration, Timestamp};
use maru_connections::Connections;
use maru_lambda::logs;
use maru_store::{Outcome, StoreError, integer, text};
use serde::{Deserialize, Serialize};

use super::fan_out::Word;
use super::keys::{IN_ROOM, connection_key, connection_partition, connections_key};
use super::presence::Counted;
use super::refusal::Refusal;
use crate::error::Error;
use crate::store::Store;

/// The longest that API Gateway keeps a connection ("API Gateway quotas for WebSocket API").
pub const LONGEST: SignedDuration = SignedDuration::from_hours(2);

/// For how long what is stored of a connection is kept after it is over, in seconds: seven days, for those of which nobody
/// hears any more. It leaves its rooms by what is stored there.
const KEPT: i64 = 7 * 24 * 60 * 60;

/// How often a write is tried that others are in the way of.
const ATTEMPTS: u32 = 8;

/// A connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// Whose it is.
    pub member_id: String,
    /// Until when it can last, in seconds since the Unix epoch.
    pub until: i64,
    /// Whether it is being cleared away.
    #[serde(default)]
    pub ending: bool,
}

/// The open connections of a member: until when each can last.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Open {
    #[serde(default)]
    open: BTreeMap<String, i64>,
    /// When the database deletes it: it is that of the last that began.
    #[serde(default)]
    expires_at: i64,
}

/// A connection with the time at which the database deletes it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Kept<'a> {
    #[serde(flatten)]
    connection: &'a Connection,
    expires_at: i64,
}

/// A room that a connection is in.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct InRoom {
    sk: String,
    member_id: String,
}

impl Open {
    /// Which have to go for one more: those that are over, and of the others the oldest.
    fn to_give_up(&self, now: Timestamp) -> Vec<&str> {
        let mut by_age: Vec<(i64, &str)> =
            self.open.iter().map(|(id, until)| (*until, id.as_str())).collect();
        by_age.sort_unstable();
        let surplus = (by_age.len() + 1).saturating_sub(MOST_CONNECTIONS);
        let goes = |(place, (until, _)): &(usize, (i64, &str))| *place < surplus || *until <= now.as_second();
        by_age.into_iter().enumerate().filter(goes).map(|(_, (_, id))| id).collect()
    }
}

impl Connection {
    /// Whether it can still be there.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        !self.ending && now.as_second() < self.until
    }
}

impl Store {
    /// Enters a connection of a member that begins at `now`. Those that cannot be there any more make room for it, and
    /// when there are too many all the same, the oldest, which is closed: whether it broke without a word nobody knows,
    /// and its place is not to be lost for two hours.
    ///
    /// # Errors
    /// [`Refusal::TooManyConnections`] when many begin at this moment, [`Refusal::AccountClosed`], [`Error::Store`].
    pub async fn connect(
        &self,
        id: &str,
        member: &str,
        now: Timestamp,
        (word, connections): (&Word, &Connections),
    ) -> Result<(), Error> {
        let until = (now + LONGEST).as_second();
        let connection = Connection { member_id: member.to_owned(), until, ending: false };
        for _ in 0..ATTEMPTS {
            let known: Option<Open> = self.table().get(&connections_key(member), true).await?;
            for old in known.iter().flat_map(|known| known.to_give_up(now)) {
                self.disconnect(old, word).await?;
                if let Err(error) = connections.close(old).await {
                    // It is in no room any more, and may do nothing.
                    tracing::warn!(connection.id = old, error = logs::chain(&error), "not closed");
                }
            }
            let entry = self.one_more(member, id, until, known.is_none())?;
            let kept = Kept { connection: &connection, expires_at: until + KEPT };
            let put = self.table().transact_put(&connection_key(id), &kept)?.build();
            let closed = self.table().erasure(member).not_begun()?;
            let Err(cancelled) = self.table().transact(vec![entry, self.table().part(put)?, closed]).await?
            else {
                return Ok(());
            };
            if cancelled.failed_at(2) {
                return Err(Refusal::AccountClosed.into());
            }
            // Others were quicker: it is tried with what there is then.
        }
        Err(Refusal::TooManyConnections.into())
    }

    /// One more among the open connections of a member, if there are not too many; the first one puts the item.
    fn one_more(
        &self,
        member: &str,
        id: &str,
        until: i64,
        first: bool,
    ) -> Result<TransactWriteItem, StoreError> {
        let (table, key) = (self.table(), connections_key(member));
        if first {
            let open = Open { open: BTreeMap::from([(id.to_owned(), until)]), expires_at: until + KEPT };
            let put = table.transact_put(&key, &open)?.condition_expression("attribute_not_exists(pk)");
            return table.part(put.build());
        }
        let update = table
            .transact_update(&key)
            .update_expression("SET #open.#id = :until, expiresAt = :end")
            .condition_expression("attribute_exists(#open) AND size(#open) < :most")
            .expression_attribute_names("#open", "open")
            .expression_attribute_names("#id", id)
            .expression_attribute_values(":until", integer(until))
            .expression_attribute_values(":end", integer(until + KEPT))
            .expression_attribute_values(":most", integer(MOST_CONNECTIONS as u64));
        table.part(update.build())
    }

    /// A connection, whether it is still there or not.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn connection(&self, id: &str) -> Result<Option<Connection>, StoreError> {
        self.table().get(&connection_key(id), true).await
    }

    /// The connections of a member that are entered as open.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn connections_of(&self, member: &str) -> Result<Vec<String>, StoreError> {
        let open: Open = self.table().get(&connections_key(member), true).await?.unwrap_or_default();
        Ok(open.open.into_keys().collect())
    }

    /// A connection has ended: takes it out of its rooms, where it is told, and forgets it. Done again it changes nothing.
    ///
    /// # Errors
    /// [`Error`]: begin again, what is done stays done.
    pub async fn disconnect(&self, id: &str, word: &Word) -> Result<(), Error> {
        // From here on it enters no room.
        let end = self
            .table()
            .update(&connection_key(id))
            .update_expression("SET ending = :yes")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":yes", self.table().attribute(&true)?);
        let known = match self.table().update_if(end).await? {
            Outcome::Done(item) => Some(self.table().decode::<Connection>(item)?.member_id),
            Outcome::Refused(_) => None,
        };
        for InRoom { sk, member_id } in self.rooms_of(id).await? {
            let room = sk.strip_prefix(IN_ROOM).unwrap_or(&sk);
            if self.leave(id, &member_id, room).await? == Counted::Changed {
                word.participants_changed(self, room).await;
            }
        }
        let Some(member) = known else { return Ok(()) };
        let forget = self
            .table()
            .transact_update(&connections_key(&member))
            .update_expression("REMOVE #open.#id")
            .condition_expression("attribute_exists(#open.#id)")
            .expression_attribute_names("#open", "open")
            .expression_attribute_names("#id", id);
        let delete = self.table().transact_delete(&connection_key(id)).build();
        let writes = vec![self.table().part(forget.build())?, self.table().part(delete)?];
        if self.table().transact(writes).await?.is_err() {
            // The member is erased.
            self.table().delete(&connection_key(id)).await?;
        }
        Ok(())
    }

    /// The rooms that a connection is in.
    async fn rooms_of(&self, id: &str) -> Result<Vec<InRoom>, StoreError> {
        let query = self
            .table()
            .query(&connection_partition(id))
            .key_condition_expression("pk = :pk AND begins_with(sk, :room)")
            .expression_attribute_values(":room", text(IN_ROOM))
            .consistent_read(true);
        self.table().query_all(query).await
    }
}
