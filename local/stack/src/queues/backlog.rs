//! The messages of one queue: the rules of sending, receiving and redelivery, without I/O or time of its own.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::message::{Message, NewMessage};

/// In a FIFO queue a message with the same deduplication id is accepted but not stored again for this long.
const DEDUPLICATION: SignedDuration = SignedDuration::from_mins(5);

/// What a sender gets back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) id: String,
    pub(crate) sequence: Option<u64>,
}

/// How many messages there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) visible: usize,
    /// Received and not yet visible again.
    pub(crate) in_flight: usize,
    /// Sent with a delay and never received.
    pub(crate) delayed: usize,
}

/// The messages of a queue, oldest first.
#[derive(Debug, Default)]
pub(super) struct Backlog {
    /// Those that were received before, or sent with a delay; in a FIFO queue all of them.
    messages: VecDeque<Message>,
    /// Those behind them that nobody has touched: however many there are, none has to be looked at one by one.
    untouched: VecDeque<Message>,
    fifo: bool,
    seen: BTreeMap<String, (Timestamp, Sent)>,
    sequence: u64,
}

impl Backlog {
    pub(super) fn new(fifo: bool) -> Self {
        Self { fifo, ..Self::default() }
    }

    /// Stores a message that becomes visible after `delay`.
    pub(super) fn send(&mut self, new: NewMessage, id: String, now: Timestamp, delay: Duration) -> Sent {
        self.seen.retain(|_, (at, _)| now.duration_since(*at) < DEDUPLICATION);
        if let Some((_, sent)) = new.deduplication.as_ref().and_then(|key| self.seen.get(key)) {
            return sent.clone();
        }
        let sequence = self.fifo.then(|| {
            self.sequence += 1;
            self.sequence
        });
        let sent = Sent { id, sequence };
        if let Some(key) = new.deduplication.clone().filter(|_| self.fifo) {
            self.seen.insert(key, (now, sent.clone()));
        }
        let message = Message {
            id: sent.id.clone(),
            body: new.body,
            attributes: new.attributes,
            trace: new.trace,
            group: new.group,
            deduplication: new.deduplication,
            sequence,
            sent: now,
            first_received: None,
            receive_count: 0,
            visible_at: after(now, delay),
            receipt: None,
        };
        if self.fifo || !delay.is_zero() {
            self.messages.push_back(message);
        } else {
            self.untouched.push_back(message);
        }
        sent
    }

    /// Receives up to `limit` visible messages and hides them for `visibility`. In a FIFO queue a group with
    /// a hidden message gives nothing, so that its order is kept.
    pub(super) fn receive(&mut self, limit: usize, visibility: Duration, now: Timestamp) -> Vec<Message> {
        let mut closed = BTreeSet::new();
        let mut received = Vec::new();
        for message in &mut self.messages {
            if received.len() == limit {
                break;
            }
            let group = message.group.as_ref().filter(|_| self.fifo);
            if group.is_some_and(|group| closed.contains(group)) {
                continue;
            }
            if message.visible_at > now {
                closed.extend(group.cloned());
                continue;
            }
            received.push(handed_out(message, visibility, now));
        }
        while received.len() < limit
            && let Some(mut message) = self.untouched.pop_front()
        {
            received.push(handed_out(&mut message, visibility, now));
            self.messages.push_back(message);
        }
        received
    }

    /// Takes out the visible messages that were received `max_receive_count` times already.
    pub(super) fn take_exhausted(&mut self, max_receive_count: u32, now: Timestamp) -> Vec<Message> {
        let exhausted =
            |message: &Message| message.visible_at <= now && message.receive_count >= max_receive_count;
        if !self.messages.iter().any(exhausted) {
            return Vec::new();
        }
        let (dead, alive) = std::mem::take(&mut self.messages).into_iter().partition(exhausted);
        self.messages = alive;
        Vec::from(dead)
    }

    /// Stores messages that were taken out of another queue: same ids, counted from nothing.
    pub(super) fn adopt(&mut self, messages: Vec<Message>, now: Timestamp) {
        let messages = messages.into_iter();
        let anew =
            messages.map(|message| Message { visible_at: now, receipt: None, receive_count: 0, ..message });
        if self.fifo { self.messages.extend(anew) } else { self.untouched.extend(anew) }
    }

    /// Deletes the message of this receipt; an outdated receipt deletes nothing.
    pub(super) fn delete(&mut self, receipt: &str) {
        if let Some(place) = self.place(receipt) {
            self.messages.remove(place);
        }
    }

    /// Hides the message of this receipt for `visibility` from `now` on; false if it is not in flight.
    pub(super) fn hide(&mut self, receipt: &str, visibility: Duration, now: Timestamp) -> bool {
        let message = self.place(receipt).and_then(|place| self.messages.get_mut(place));
        let Some(message) = message.filter(|message| message.visible_at > now) else { return false };
        message.visible_at = after(now, visibility);
        true
    }

    /// When the next message becomes visible; `now` or earlier if one is.
    pub(super) fn next_visible(&self) -> Option<Timestamp> {
        self.messages.iter().chain(self.untouched.front()).map(|message| message.visible_at).min()
    }

    pub(super) fn counts(&self, now: Timestamp) -> Counts {
        let mut counts = Counts { visible: self.untouched.len(), ..Counts::default() };
        for message in &self.messages {
            if message.visible_at <= now {
                counts.visible += 1;
            } else if message.receipt.is_some() {
                counts.in_flight += 1;
            } else {
                counts.delayed += 1;
            }
        }
        counts
    }

    pub(super) fn clear(&mut self) {
        self.messages.clear();
        self.untouched.clear();
    }

    pub(super) fn messages(&self) -> impl Iterator<Item = &Message> {
        self.messages.iter().chain(&self.untouched)
    }

    /// Takes over saved messages. Those in flight become visible: whoever had received them is gone.
    pub(super) fn restore(&mut self, messages: Vec<Message>, now: Timestamp) {
        self.sequence = messages.iter().filter_map(|message| message.sequence).max().unwrap_or(0);
        self.messages = messages.into();
        for message in &mut self.messages {
            if message.receipt.take().is_some() {
                message.visible_at = message.visible_at.min(now);
            }
        }
    }

    fn place(&self, receipt: &str) -> Option<usize> {
        self.messages.iter().position(|message| message.receipt.as_deref() == Some(receipt))
    }
}

/// A message as its receiver gets it; it is hidden for `visibility`.
fn handed_out(message: &mut Message, visibility: Duration, now: Timestamp) -> Message {
    message.receive_count += 1;
    message.first_received.get_or_insert(now);
    message.visible_at = after(now, visibility);
    message.receipt = Some(format!("{}#{}", message.id, message.receive_count));
    message.clone()
}

fn after(now: Timestamp, duration: Duration) -> Timestamp {
    let duration = SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX);
    now.saturating_add(duration).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests;
