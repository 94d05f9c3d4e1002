//! Storing what is said, as `chat_rules::posting` decides.

use std::collections::BTreeSet;
use std::time::Duration;

use aws_sdk_dynamodb::types::TransactWriteItem;
use chat_rules::posting::{Commit, Head, LOOKS, MOST_AT_ONCE, Next, next, tries};
use maru_lambda::logs;
use maru_outbox::{Outbox, Posted as Post};
use maru_store::{Cancelled, erasure_key, integer};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::beside::Letter;
use super::fan_out::Word;
use super::keys::{beside_key, message_key, sent_key};
use super::messages::Message;
use super::refusal::Refusal;
use crate::error::Error;
use crate::store::{Store, room_key};

/// When one whose message lies beside the room looks no more, however few looks there were: the client waits.
const LONGEST: Duration = Duration::from_secs(6);

/// Where a message stands, by its sender's own name of it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Record {
    /// Its sequence.
    pub sequence: u64,
}

/// What one write of the transaction is about: the place of a message in the commit, or an account.
enum About<'a> {
    Room,
    Word,
    Message,
    Record(usize),
    Beside,
    Account(&'a str),
}

/// What became of a commit.
enum Tried {
    Stored,
    /// Somebody was quicker, or some of it is not to be stored any more, which is put aside.
    Late,
    /// The author's account is closed.
    Closed,
}

impl Store {
    /// Stores what is said, once however often it is called, and sends word of it; gives its sequence. Whoever calls has
    /// looked whether it is stored: what is stored since is in the transaction's way.
    ///
    /// # Errors
    /// [`Refusal::NoSuchRoom`], [`Refusal::RoomClosed`], [`Refusal::AccountClosed`], [`Refusal::Busy`];
    /// [`Error::Store`], after which it may be stored: it is found when it is sent again.
    pub async fn say(&self, outbox: &Outbox, word: &Word, letter: &Letter) -> Result<u64, Error> {
        let head = self.head(&letter.room_id).await?.ok_or(Refusal::NoSuchRoom)?.head();
        let said = match self.attempt(outbox, word, letter, head, Vec::new()).await {
            Ok(None) => self.say_beside(outbox, word, letter, head.sequence).await,
            Ok(Some(sequence)) => Ok(sequence),
            Err(error) => Err(error),
        };
        match said {
            // By its other connection, or by somebody who took it along, before the room was closed.
            Err(Error::Refused(Refusal::RoomClosed)) => {
                self.record(letter).await?.ok_or(Refusal::RoomClosed.into())
            }
            said => said,
        }
    }

    /// Stores what is said after somebody was quicker, or waits until somebody has taken it along.
    async fn say_beside(
        &self,
        outbox: &Outbox,
        word: &Word,
        letter: &Letter,
        seen: u64,
    ) -> Result<u64, Error> {
        self.lay_down(letter).await?;
        let (mut before, begun) = (seen, Instant::now());
        for look in 1..=LOOKS {
            if begun.elapsed() > LONGEST {
                break;
            }
            tokio::time::sleep(pause(look)).await;
            if let Some(sequence) = self.record(letter).await? {
                // Stored by this sender's other connection, perhaps: then it still lies there.
                self.clear_away(&[letter]).await;
                return Ok(sequence);
            }
            let head = self.head(&letter.room_id).await?.ok_or(Refusal::NoSuchRoom)?.head();
            if tries(look, before, head.sequence) || !head.open {
                let now = self.table().clock().now();
                let others = self.beside(&letter.room_id, MOST_AT_ONCE, now).await?;
                match self.attempt(outbox, word, letter, head, others).await {
                    Ok(None) => {}
                    Ok(Some(sequence)) => return Ok(sequence),
                    Err(Error::Refused(refusal)) => {
                        self.clear_away(&[letter]).await;
                        return Err(refusal.into());
                    }
                    Err(error) => return Err(error),
                }
            }
            before = head.sequence;
        }
        Err(Refusal::Busy.into())
    }

    /// One attempt; none if somebody was quicker.
    async fn attempt(
        &self,
        outbox: &Outbox,
        word: &Word,
        letter: &Letter,
        head: Head,
        others: Vec<Letter>,
    ) -> Result<Option<u64>, Error> {
        let beside = !others.is_empty();
        match next(head, None, letter.clone(), others) {
            Next::Stored(sequence) => Ok(Some(sequence)),
            Next::Closed => Err(Refusal::RoomClosed.into()),
            Next::Try(commit) => match self.store_all(outbox, word, &commit, beside).await? {
                Tried::Stored => Ok(Some(commit.first())),
                Tried::Late => Ok(None),
                Tried::Closed => Err(Refusal::AccountClosed.into()),
            },
        }
    }

    /// Where a message stands, if it is stored.
    ///
    /// # Errors
    /// [`maru_store::StoreError`].
    pub async fn record(&self, letter: &Letter) -> Result<Option<u64>, Error> {
        let key = sent_key(&letter.author_id, &letter.room_id, &letter.client_id);
        Ok(self.table().get::<Record>(&key, true).await?.map(|record| record.sequence))
    }

    async fn store_all(
        &self,
        outbox: &Outbox,
        word: &Word,
        commit: &Commit<Letter>,
        beside: bool,
    ) -> Result<Tried, Error> {
        let Some((_, Letter { room_id, .. })) = commit.messages.first() else { return Ok(Tried::Late) };
        let word = word.of(outbox, room_id, commit.first(), commit.last(), self.table().clock().now())?;
        let (about, writes): (Vec<_>, Vec<_>) =
            self.writes(room_id, commit, &word, beside)?.into_iter().unzip();
        match self.table().transact(writes).await? {
            Ok(()) => {
                outbox.send(word).await;
                Ok(Tried::Stored)
            }
            Err(cancelled) => Ok(self.put_aside(commit, &about, &cancelled).await),
        }
    }

    /// The writes of a commit, and what each is about.
    fn writes<'a>(
        &self,
        room: &str,
        commit: &'a Commit<Letter>,
        word: &Post,
        beside: bool,
    ) -> Result<Vec<(About<'a>, TransactWriteItem)>, Error> {
        let table = self.table();
        let mut writes = vec![(About::Room, self.advance(room, commit)?), (About::Word, word.part())];
        for (place, (sequence, letter)) in commit.messages.iter().enumerate() {
            let Letter { author_id, client_id, .. } = letter;
            let put = table.transact_put(&message_key(room, *sequence), &stored(*sequence, letter))?;
            let put = put.condition_expression("attribute_not_exists(pk)").build();
            writes.push((About::Message, table.part(put)?));
            let record = Record { sequence: *sequence };
            let put = table.transact_put(&sent_key(author_id, room, client_id), &record)?;
            let put = put.condition_expression("attribute_not_exists(pk)").build();
            writes.push((About::Record(place), table.part(put)?));
            if beside {
                let delete = table.transact_delete(&beside_key(room, author_id, client_id)).build();
                writes.push((About::Beside, table.part(delete)?));
            }
        }
        // An item can be in a transaction once.
        let authors: BTreeSet<&str> =
            commit.messages.iter().map(|(_, letter)| letter.author_id.as_str()).collect();
        for author in authors {
            let open = table.transact_check(&erasure_key(author));
            let open = open.condition_expression("attribute_not_exists(pk)").build();
            writes.push((About::Account(author), table.part(open)?));
        }
        Ok(writes)
    }

    /// The room's last sequence moves on, if the commit still fits.
    fn advance(&self, room: &str, commit: &Commit<Letter>) -> Result<TransactWriteItem, Error> {
        let update = self
            .table()
            .transact_update(&room_key(room))
            .update_expression("SET #sequence = :last")
            .condition_expression(
                "attribute_exists(pk) AND attribute_not_exists(closedAt) AND \
                 (#sequence = :expected OR (attribute_not_exists(#sequence) AND :expected = :none))",
            )
            .expression_attribute_names("#sequence", "sequence")
            .expression_attribute_values(":last", integer(commit.last()))
            .expression_attribute_values(":expected", integer(commit.expected))
            .expression_attribute_values(":none", integer(0));
        Ok(self.table().part(update.build())?)
    }

    /// Takes away from beside the room what a commit cannot store: what is stored already, and what was sent by
    /// somebody whose account is closed.
    async fn put_aside(&self, commit: &Commit<Letter>, about: &[About<'_>], cancelled: &Cancelled) -> Tried {
        let failed = about.iter().enumerate().filter(|(index, _)| cancelled.failed_at(*index));
        let letters = || commit.messages.iter().map(|(_, letter)| letter);
        let own = letters().next().map(|letter| letter.author_id.as_str());
        let mut aside: Vec<&Letter> = Vec::new();
        let mut closed = false;
        for (_, about) in failed {
            match about {
                About::Record(place) => aside.extend(letters().nth(*place)),
                About::Account(author) => {
                    closed |= own == Some(author);
                    let theirs = letters().filter(|letter| letter.author_id == *author);
                    aside.extend(theirs.filter(|letter| !aside.contains(letter)).collect::<Vec<_>>());
                }
                About::Room | About::Word | About::Message | About::Beside => {}
            }
        }
        self.clear_away(&aside).await;
        if closed { Tried::Closed } else { Tried::Late }
    }

    /// What cannot be taken away now changes no answer: whoever comes upon it takes it away.
    async fn clear_away(&self, letters: &[&Letter]) {
        if let Err(error) = self.take_away(letters).await {
            tracing::warn!(
                letters = letters.len(),
                error = logs::chain(&error),
                "they still lie beside the room"
            );
        }
    }
}

fn stored(sequence: u64, letter: &Letter) -> Message {
    let Letter { author_id, nickname, client_id, text, sent_at, .. } = letter.clone();
    Message { sequence, author_id: Some(author_id), nickname, client_id: Some(client_id), text, sent_at }
}

/// 20 to 60 ms at first, up to 150 ms at last; different for each, so that most find theirs stored by another.
fn pause(look: u32) -> Duration {
    Duration::from_millis(rand::random_range(20..=(50 + 10 * u64::from(look)).min(150)))
}
