//! What is left of a room that is deleted: nothing.

use std::collections::BTreeSet;

use maru_store::Key;

use super::keys::{
    PARTS, announcement_key, beside_partition, message_key, messages_partition, participants_part_key,
    present_key, sent_key,
};
use super::messages::Message;
use crate::error::Error;
use crate::store::Store;

/// How many messages are deleted at a time.
const BATCH: i32 = 100;

impl Store {
    /// Deletes what was said in a room that is closed, who is in it, and what lies beside it. The room itself was deleted
    /// by whoever calls, before it: nobody is given what is deleted in part.
    ///
    /// # Errors
    /// [`Error`]: begin again, what is deleted stays deleted.
    pub async fn clear_room(&self, room: &str) -> Result<(), Error> {
        let entered = self.entered(room).await?;
        for each in entered {
            self.leave(&each.connection_id, &each.member_id, room).await?;
            self.table().delete(&present_key(room, &each.member_id)).await?;
        }
        loop {
            let query = self.table().query(&messages_partition(room)).consistent_read(true).limit(BATCH);
            let found: Vec<Message> = self.table().query_page(query).await?;
            if found.is_empty() {
                break;
            }
            // The records first: they are found by the messages.
            let records = found.iter().filter_map(|message| {
                let author = message.author_id.as_deref()?;
                Some(sent_key(author, room, message.client_id.as_deref()?))
            });
            let messages = found.iter().map(|message| message_key(room, message.sequence));
            // Whoever was there without a word is counted nowhere; of the others it is made certain.
            let authors: BTreeSet<&str> =
                found.iter().filter_map(|message| message.author_id.as_deref()).collect();
            let present = authors.into_iter().map(|author| present_key(room, author));
            self.table().delete_all(records.chain(present).collect::<Vec<Key>>()).await?;
            self.table().delete_all(messages.collect::<Vec<Key>>()).await?;
        }
        self.table().delete_partition(&beside_partition(room)).await?;
        let parts = (0..PARTS).map(|part| participants_part_key(room, part));
        Ok(self.table().delete_all(parts.chain([announcement_key(room)])).await?)
    }
}
