//! Who is in a room: its connections, and how many members they are.
//!
//! What says that a connection is in a room is written together with the number of the member's connections there and,
//! if that begins or ends to be none, the number of participants: so the numbers are those of the items whatever
//! happens in between. Each write is made for what was read, and refused when that has changed.

use std::time::Duration;

use chat_rules::presence::{Change, MOST_ROOMS, enters, leaves};
use futures::future::try_join_all;
use jiff::{SignedDuration, Timestamp};
use maru_store::{StoreError, integer};
use serde::{Deserialize, Serialize};

use super::connections::Connection;
use super::keys::{
    PARTS, announcement_key, connection_key, entered_key, entered_partition, in_room_key, participants_key,
};
use super::refusal::Refusal;
use crate::error::Error;
use crate::store::Store;

/// How often a change is tried that another of the same member is in the way of.
const ATTEMPTS: u32 = 12;

/// A mark that is older was left by somebody who died before announcing it.
const LOST: SignedDuration = SignedDuration::from_secs(10);

/// A connection in a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entered {
    /// The connection.
    pub connection_id: String,
    /// Whose it is.
    pub member_id: String,
    /// Until when it can last, in seconds since the Unix epoch.
    pub until: i64,
}

/// Whether the number of participants changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// It did.
    Changed,
    /// It is what it was.
    Same,
}

impl Store {
    /// A connection of `member` enters a room, unless it is in it.
    ///
    /// # Errors
    /// [`Refusal::NotConnected`], [`Refusal::TooManyRooms`], [`Refusal::AccountClosed`], [`Refusal::Busy`],
    /// [`Error::Store`].
    pub async fn enter(
        &self,
        id: &str,
        connection: &Connection,
        room: &str,
        now: Timestamp,
    ) -> Result<Counted, Error> {
        let (table, member) = (self.table(), connection.member_id.as_str());
        let entered =
            Entered { connection_id: id.to_owned(), member_id: member.to_owned(), until: connection.until };
        for attempt in 1..=ATTEMPTS {
            let change = enters(self.present(room, member).await?);
            let one_more = table
                .transact_update(&connection_key(id))
                .update_expression("ADD rooms :one")
                .condition_expression(
                    "attribute_exists(pk) AND ending = :no AND #until > :now \
                     AND (attribute_not_exists(rooms) OR rooms < :most)",
                )
                .expression_attribute_values(":one", integer(1))
                .expression_attribute_names("#until", "until")
                .expression_attribute_values(":no", table.attribute(&false)?)
                .expression_attribute_values(":now", integer(now.as_second()))
                .expression_attribute_values(":most", integer(MOST_ROOMS));
            let new = table.transact_put(&in_room_key(id, room), &entered)?;
            let put = table.transact_put(&entered_key(room, id), &entered)?;
            let mut writes = vec![
                table.part(new.condition_expression("attribute_not_exists(pk)").build())?,
                table.part(one_more.build())?,
                table.erasure(member).not_begun()?,
                table.part(put.build())?,
            ];
            writes.extend(self.count(room, member, change)?);
            let Err(cancelled) = table.transact(writes).await? else { return Ok(counted(change)) };
            if cancelled.failed_at(0) {
                return Ok(Counted::Same);
            }
            if cancelled.failed_at(2) {
                return Err(Refusal::AccountClosed.into());
            }
            if let Some(item) = cancelled.failed.into_iter().nth(1).flatten() {
                let known: Option<Connection> = (!item.is_empty()).then(|| table.decode(item)).transpose()?;
                let is_open = known.is_some_and(|known| known.is_open(now));
                return Err(if is_open { Refusal::TooManyRooms } else { Refusal::NotConnected }.into());
            }
            tokio::time::sleep(pause(attempt)).await;
        }
        Err(Refusal::Busy.into())
    }

    /// A connection of `member` leaves a room, if it is in it.
    ///
    /// # Errors
    /// [`Refusal::Busy`], [`Error::Store`].
    pub async fn leave(&self, id: &str, member: &str, room: &str) -> Result<Counted, Error> {
        let table = self.table();
        // What is left of a connection may be gone before it has left its rooms (`connections::KEPT`).
        let mut is_known = true;
        for attempt in 1..=ATTEMPTS {
            let present = self.present(room, member).await?;
            let gone = table.transact_delete(&in_room_key(id, room));
            let entered = table.transact_delete(&entered_key(room, id)).build();
            let one_less = table
                .transact_update(&connection_key(id))
                .update_expression("ADD rooms :less")
                .condition_expression("attribute_exists(pk)")
                .expression_attribute_values(":less", integer(-1));
            let mut writes = vec![
                table.part(gone.condition_expression("attribute_exists(pk)").build())?,
                table.part(entered)?,
            ];
            let change = leaves(present);
            match change {
                Some(change) => writes.extend(self.count(room, member, change)?),
                // It was not there when this looked: a join that is done since has counted it.
                None => writes.push(self.nobody_present(room, member)?),
            }
            let place = writes.len();
            if is_known {
                writes.push(table.part(one_less.build())?);
            }
            let Err(cancelled) = table.transact(writes).await? else {
                return Ok(change.map_or(Counted::Same, counted));
            };
            if cancelled.failed_at(0) {
                return Ok(Counted::Same);
            }
            if cancelled.failed_at(place) {
                is_known = false;
                continue;
            }
            tokio::time::sleep(pause(attempt)).await;
        }
        Err(Refusal::Busy.into())
    }

    /// Takes back that a connection of `member` has entered a room that is deleted, with what is left of the room by that.
    ///
    /// # Errors
    /// [`Refusal::Busy`], [`Error::Store`].
    pub async fn enter_no_more(&self, id: &str, member: &str, room: &str) -> Result<(), Error> {
        self.leave(id, member, room).await?;
        Ok(self.table().delete(&participants_key(room, member)).await?)
    }

    /// Whether a connection is in a room.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn is_in(&self, id: &str, room: &str) -> Result<bool, StoreError> {
        Ok(self.table().get::<Entered>(&in_room_key(id, room), true).await?.is_some())
    }

    /// The connections in a room, as every write before this call left them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn entered(&self, room: &str) -> Result<Vec<Entered>, StoreError> {
        let parts = (0..PARTS).map(|part| {
            let query = self.table().query(&entered_partition(room, part)).consistent_read(true);
            self.table().query_all::<Entered>(query)
        });
        Ok(try_join_all(parts).await?.into_iter().flatten().collect())
    }

    /// Leaves a mark that the number of participants has changed. Gives whether it has to be announced: there was none, or
    /// whoever left it must have died.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn announce(&self, room: &str, now: Timestamp) -> Result<bool, StoreError> {
        let update = self
            .table()
            .update(&announcement_key(room))
            .update_expression("SET due = :now")
            .condition_expression("attribute_not_exists(due) OR due < :lost")
            .expression_attribute_values(":now", integer(now.as_second()))
            .expression_attribute_values(":lost", integer((now - LOST).as_second()));
        Ok(self.table().update_if(update).await?.done().is_some())
    }

    /// Takes the mark away.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn announced(&self, room: &str) -> Result<(), StoreError> {
        self.table().delete(&announcement_key(room)).await
    }
}

const fn counted(change: Change) -> Counted {
    if change.participants == 0 { Counted::Same } else { Counted::Changed }
}

fn pause(attempt: u32) -> Duration {
    Duration::from_millis(rand::random_range(1..=10u64.saturating_mul(1 << attempt.min(5))))
}
