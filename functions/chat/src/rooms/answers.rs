//! What a client is answered: a join, a list.

use std::ops::RangeInclusive;
use std::time::Duration;

use chat_rules::catch_up::{MOST, page, wanted};
use chat_rules::frames::{Joined, Message as View};
use maru_store::{Outcome, StoreError, integer};
use serde::{Deserialize, Serialize};

use super::keys::mark_key;
use super::members::name_in;
use super::messages::{Message, RoomHead};
use super::refusal::Refusal;
use crate::error::Error;
use crate::store::Store;

/// How long a mark is kept after it was set, in seconds: 90 days.
const KEPT: i64 = 90 * 24 * 60 * 60;

/// How often messages are read again that the room has and a query does not find yet.
const LOOKS: u32 = 5;

/// How long a transaction has until the next look.
const PAUSE: Duration = Duration::from_millis(20);

/// Messages of a room as a reader sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// In their order.
    items: Vec<View>,
    /// Whether there are more of them on the side that was asked for.
    more: bool,
    /// Who the caller is in this room, as in the messages' authors.
    you: String,
}

/// Which messages of a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The first after this sequence.
    After(u64),
    /// The last before this sequence.
    Before(u64),
    /// The last.
    Newest,
}

#[derive(Deserialize)]
struct Mark {
    sequence: u64,
}

impl Store {
    /// Messages of a room, at most `limit`: one query, and one look at the room when nothing is found.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub async fn list(&self, room: &str, which: Which, limit: u32, member: &str) -> Result<Listed, Error> {
        // One more than wanted tells whether there are more; the last hundred are all that is shown at once.
        let found = match which {
            Which::After(after) => {
                let first = after.saturating_add(1);
                let range = first..=first.saturating_add(u64::from(limit));
                let (found, has_hole) = self.unbroken(room, range).await?;
                if has_hole {
                    let items = found.into_iter().take(limit as usize).map(|message| message.view(room));
                    return Ok(Listed { items: items.collect(), more: true, you: name_in(room, member) });
                }
                found
            }
            Which::Before(before) => self.newest(room, Some(before), limit + 1).await?,
            Which::Newest => self.newest(room, None, limit + 1).await?,
        };
        if found.is_empty() && self.head(room).await?.is_none() {
            return Err(Error::NotFound);
        }
        let surplus = found.len().saturating_sub(limit as usize);
        let skipped = if matches!(which, Which::After(_)) { 0 } else { surplus };
        let wanted = found.into_iter().skip(skipped).take(limit as usize);
        Ok(Listed {
            items: wanted.map(|message| message.view(room)).collect(),
            more: surplus > 0,
            you: name_in(room, member),
        })
    }

    /// The messages of a range up to the first hole, and whether there is one: a query may see a transaction in part, see
    /// [`Self::whole`]. A room that is closed, or gone, is given as it is.
    async fn unbroken(&self, room: &str, range: RangeInclusive<u64>) -> Result<(Vec<Message>, bool), Error> {
        let mut messages = self.messages(room, range.clone()).await?;
        for look in 1..=LOOKS {
            let whole = unbroken(*range.start(), &messages);
            if whole == messages.len() {
                return Ok((messages, false));
            }
            if look < LOOKS {
                tokio::time::sleep(PAUSE).await;
                messages = self.messages(room, range.clone()).await?;
            } else if self.head(room).await?.is_some_and(|head| head.head().open) {
                messages.truncate(whole);
                return Ok((messages, true));
            }
        }
        Ok((messages, false))
    }

    /// The answer to a join of `member`, whose connection is entered in the room by now.
    ///
    /// # Errors
    /// [`Refusal::NoSuchRoom`], [`Refusal::Busy`], [`Error::Store`].
    pub async fn joined(&self, room: &str, member: &str, after: Option<u64>) -> Result<Joined, Error> {
        let head: RoomHead = self.head(room).await?.ok_or(Refusal::NoSuchRoom)?;
        let last = head.head().sequence;
        let (messages, participants, read) = futures::try_join!(
            self.whole(room, wanted(after, last), head.head().open),
            async { Ok(self.participants(room).await?) },
            async { Ok(self.mark(room, member).await?) },
        )?;
        debug_assert!(messages.len() as u64 <= MOST);
        let views = messages.into_iter().map(|message: Message| message.view(room)).collect();
        let page = page(views, last, |view: &View| (view.sequence, view.size()));
        Ok(Joined {
            room_id: room.to_owned(),
            status: head.status(),
            sequence: last,
            participants,
            you: name_in(room, member),
            read,
            messages: page.messages,
            more: page.more,
        })
    }

    /// The messages of a range that are all stored by what the room says.
    ///
    /// A query may see a transaction in part ("DynamoDB: isolation levels for transactions"), while the room has been seen
    /// as a whole transaction left it. Who was given the rest would never be told of what was passed over.
    async fn whole(
        &self,
        room: &str,
        range: RangeInclusive<u64>,
        is_open: bool,
    ) -> Result<Vec<Message>, Error> {
        let expected = range.clone().count();
        let mut messages = self.messages(room, range.clone()).await?;
        for _ in 0..LOOKS {
            if messages.len() >= expected {
                break;
            }
            tokio::time::sleep(PAUSE).await;
            messages = self.messages(room, range.clone()).await?;
        }
        // A room that is closed is given as it is: it may be deleted at this moment.
        if messages.len() < expected && is_open {
            return Err(Refusal::Busy.into());
        }
        Ok(messages)
    }

    /// The sequence up to which a member has read a room, 0 at first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn mark(&self, room: &str, member: &str) -> Result<u64, StoreError> {
        let mark: Option<Mark> = self.table().get(&mark_key(member, room), true).await?;
        Ok(mark.map_or(0, |mark| mark.sequence))
    }

    /// A member has read up to `sequence`; the mark moves forward only. Gives where it is then.
    ///
    /// # Errors
    /// [`Refusal::NoSuchRoom`], [`Refusal::AccountClosed`], [`Error::Store`].
    pub async fn read_up_to(&self, room: &str, member: &str, sequence: u64) -> Result<u64, Error> {
        let last = self.head(room).await?.ok_or(Refusal::NoSuchRoom)?.head().sequence;
        // The last sequence only grows: what is read is not beyond it, also a moment later.
        let sequence = chat_rules::presence::read_up_to(0, sequence, last);
        let table = self.table();
        let update = table
            .update(&mark_key(member, room))
            .update_expression("SET #sequence = :sequence, expiresAt = :end")
            .condition_expression("attribute_not_exists(#sequence) OR #sequence < :sequence")
            .expression_attribute_names("#sequence", "sequence")
            .expression_attribute_values(":sequence", integer(sequence))
            .expression_attribute_values(":end", integer(table.clock().now().as_second() + KEPT));
        let mark = match table.update_if(update).await? {
            Outcome::Done(_) => sequence,
            Outcome::Refused(item) => item
                .map(|item| table.decode::<Mark>(item))
                .transpose()?
                .map_or(sequence, |mark| mark.sequence),
        };
        if table.erasure(member).is_begun().await? {
            // Closed before this looked: whoever erases may have been here before the mark was.
            table.delete(&mark_key(member, room)).await?;
            return Err(Refusal::AccountClosed.into());
        }
        Ok(mark)
    }
}

/// How many messages there are from `first` on without a hole.
fn unbroken(first: u64, messages: &[Message]) -> usize {
    (first..).zip(messages).take_while(|(place, message)| *place == message.sequence).count()
}
