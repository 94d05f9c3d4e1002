//! One queue: its messages, and the waiting for them.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;

use super::backlog::{Backlog, Counts, Sent};
use super::message::{Message, NewMessage};
use crate::clock::LocalClock;
use crate::runtime::request_id;
use crate::template::QueueResource;

/// One queue.
pub(crate) struct Queue {
    pub(crate) resource: QueueResource,
    backlog: Mutex<Backlog>,
    changed: watch::Sender<()>,
    clock: LocalClock,
}

impl Queue {
    pub(super) fn new(resource: QueueResource, clock: LocalClock) -> Self {
        let backlog = Mutex::new(Backlog::new(resource.fifo));
        Self { resource, backlog, changed: watch::Sender::new(()), clock }
    }

    /// Stores a message; without a `delay` of its own it has the queue's.
    pub(super) fn send(&self, new: NewMessage, delay: Option<Duration>) -> Sent {
        let delay = delay.unwrap_or(self.resource.delay);
        self.change(|backlog, now| backlog.send(new, request_id(), now, delay))
    }

    pub(super) fn receive(&self, limit: usize, visibility: Duration) -> Vec<Message> {
        // Nobody waits for messages to be hidden, so that this tells nobody.
        self.lock().receive(limit, visibility, self.clock.now())
    }

    pub(super) fn take_exhausted(&self) -> Vec<Message> {
        let Some(redrive) = &self.resource.redrive else { return Vec::new() };
        self.lock().take_exhausted(redrive.max_receive_count, self.clock.now())
    }

    pub(super) fn adopt(&self, messages: Vec<Message>) {
        self.change(|backlog, now| backlog.adopt(messages, now));
    }

    pub(super) fn delete(&self, receipt: &str) {
        self.change(|backlog, _| backlog.delete(receipt));
    }

    pub(super) fn hide(&self, receipt: &str, visibility: Duration) -> bool {
        self.change(|backlog, now| backlog.hide(receipt, visibility, now))
    }

    pub(super) fn clear(&self) {
        self.change(|backlog, _| backlog.clear());
    }

    pub(super) fn restore(&self, messages: Vec<Message>) {
        self.change(|backlog, now| backlog.restore(messages, now));
    }

    pub(super) fn messages(&self) -> Vec<Message> {
        self.lock().messages().cloned().collect()
    }

    pub(crate) fn counts(&self) -> Counts {
        self.lock().counts(self.clock.now())
    }

    /// When the next message becomes visible; in the past if one is.
    pub(crate) fn next_visible(&self) -> Option<Timestamp> {
        self.lock().next_visible()
    }

    /// A subscription that tells of each change after it was made.
    pub(super) fn changes(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }

    /// Waits until a message may have become visible since `changes` was subscribed.
    pub(super) async fn wait(&self, changes: &mut watch::Receiver<()>) {
        let now = self.clock.now();
        // What is visible and was not received is held back by its group: only a change can free it.
        let due = self.lock().messages().map(|message| message.visible_at).filter(|at| *at > now).min();
        tokio::select! {
            _ = changes.changed() => {}
            () = self.clock.wait_until(due.unwrap_or(Timestamp::MAX)), if due.is_some() => {}
        }
    }

    fn change<T>(&self, change: impl FnOnce(&mut Backlog, Timestamp) -> T) -> T {
        let changed = change(&mut self.lock(), self.clock.now());
        self.changed.send_replace(());
        changed
    }

    fn lock(&self) -> MutexGuard<'_, Backlog> {
        self.backlog.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
