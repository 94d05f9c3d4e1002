//! What is left of a member who closed the account: what they said, by nobody.
//!
//! Others have answered to it, so that it stays; but nothing says whose it was. Their connections are closed, their
//! marks, what names their messages and what lies beside rooms are deleted.

use std::collections::BTreeMap;

use jiff::Timestamp;
use maru_connections::Connections;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, logs};
use maru_province::Province;
use maru_store::Key;
use serde::Deserialize;

use super::fan_out::Word;
use super::keys::{
    beside_partition, beside_prefix, marks_partition, member_key, message_key, sent_partition,
};
use super::limits::limit_partitions;
use crate::error::Error;
use crate::store::{CLOSED, Store, open_room_key};

/// How many items are read at a time.
const BATCH: i32 = 100;

/// Erases members.
#[derive(Clone, Debug)]
pub struct Erasure {
    store: Store,
    word: Word,
    connections: Connections,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Open {
    room_id: String,
}

#[derive(Deserialize)]
struct Sent {
    pk: String,
    sk: String,
    sequence: u64,
}

impl FromEnvironment for Erasure {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self {
            store: Store::from_environment(environment)?,
            word: Word::from_environment(environment)?,
            connections: Connections::from_environment(environment)?,
        })
    }
}

impl Erasure {
    /// Erases what chat has of `member`.
    ///
    /// # Errors
    /// [`Error`]: begin again, what is done stays done.
    pub async fn erase(&self, member: &str, deleted_at: Timestamp) -> Result<(), Error> {
        let table = self.store.table();
        let record = table.erasure(member);
        // From here on nothing is stored of them.
        record.begin(deleted_at).await?;
        let marks = table.keys_of(&marks_partition(member)).await?;
        let counted = BTreeMap::from([("messages", 0), ("marks", marks.len())]);
        record.count(&counted).await?;
        self.disconnect(member).await?;
        self.clear_rooms(member).await?;
        self.anonymise(member).await?;
        table.delete_all(marks).await?;
        for partition in limit_partitions(member) {
            table.delete_partition(&partition).await?;
        }
        table.delete_partition(&member_key(member).pk).await?;
        Ok(record.end().await?)
    }

    async fn disconnect(&self, member: &str) -> Result<(), Error> {
        for connection in self.store.connections_of(member).await? {
            self.store.disconnect(&connection, &self.word).await?;
            if let Err(error) = self.connections.close(&connection).await {
                // It is in no room any more, and may do nothing.
                tracing::warn!(connection.id = connection, error = logs::chain(&error), "not closed");
            }
        }
        Ok(())
    }

    /// Counts the member out of the rooms that are open and of those that are not deleted yet, and takes away what they
    /// laid beside them, and died before it was stored. From the beginning of the erasure on nobody enters as this member,
    /// and nothing is laid there or taken along.
    async fn clear_rooms(&self, member: &str) -> Result<(), Error> {
        let table = self.store.table();
        let open = Province::ALL.into_iter().map(open_room_key).collect();
        let open: Vec<Open> = table.get_all(open, true).await?;
        let closed = table.keys_of(CLOSED).await?;
        let closed = closed.iter().filter_map(|key| key.sk.split_once('#'));
        let rooms = open.iter().map(|open| open.room_id.as_str()).chain(closed.map(|(_, room)| room));
        for room in rooms {
            self.store.count_out(room, member).await?;
            let letters = table.keys_beginning(&beside_partition(room), &beside_prefix(member)).await?;
            table.delete_all(letters).await?;
        }
        Ok(())
    }

    /// Takes the author from each message together with its record, which is how it is found.
    async fn anonymise(&self, member: &str) -> Result<(), Error> {
        let table = self.store.table();
        loop {
            let query = table.query(&sent_partition(member)).consistent_read(true).limit(BATCH);
            let sent: Vec<Sent> = table.query_page(query).await?;
            if sent.is_empty() {
                return Ok(());
            }
            for Sent { pk, sk, sequence } in sent {
                let key = Key::new(pk, sk);
                let room = key.sk.split('#').next().unwrap_or_default();
                let message = table
                    .transact_update(&message_key(room, sequence))
                    .update_expression("REMOVE authorId, nickname, clientId")
                    .condition_expression("attribute_exists(pk)");
                let writes = vec![
                    table.part(message.build())?,
                    table.part(table.transact_delete(&key).build())?,
                    table.erasure(member).one_more("messages")?,
                ];
                if table.transact(writes).await?.is_err() {
                    // The room is deleted, and the message with it.
                    table.delete(&key).await?;
                }
            }
        }
    }
}
