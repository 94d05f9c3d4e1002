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

/// A watch on a queue, begun before one looks at it: so nothing that happens between the look and the wait is missed.
pub(super) struct Watch {
    changes: watch::Receiver<()>,
    since: Timestamp,
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

    /// A watch on whatever happens after this moment.
    pub(super) fn watch(&self) -> Watch {
        Watch { changes: self.changed.subscribe(), since: self.clock.now() }
    }

    /// Waits until a message may have become visible since `watch` was begun.
    pub(super) async fn wait(&self, watch: &mut Watch) {
        let since = watch.since;
        // What was visible by then and was not received is held back by its group: only a change can free it. What
        // became visible since may have come after the look at the queue.
        let due = self.lock().messages().map(|message| message.visible_at).filter(|at| *at > since).min();
        tokio::select! {
            _ = watch.changes.changed() => {}
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Waker};

    use super::*;
    use crate::template::{Place, Template};

    fn resource() -> QueueResource {
        let text = "Resources: {WorkQueue: {Type: AWS::SQS::Queue}}";
        let place = Place { url: String::new(), aws_url: String::new() };
        Template::parse(&[text], &BTreeMap::new(), &place).unwrap().queues.remove(0)
    }

    /// The clock may be moved between the look and the wait, and nothing else may ever happen.
    #[tokio::test]
    async fn what_becomes_visible_between_the_look_and_the_wait_ends_the_wait() {
        let clock = LocalClock::frozen("2026-01-01T00:00:00Z".parse().unwrap());
        let queue = Queue::new(resource(), clock.clone());
        queue.send(NewMessage::default(), Some(Duration::from_secs(1)));
        let mut watch = queue.watch();
        assert_eq!(queue.receive(1, Duration::from_secs(30)).len(), 0);
        clock.advance(Duration::from_secs(2));
        let mut context = Context::from_waker(Waker::noop());
        assert!(pin!(queue.wait(&mut watch)).poll(&mut context).is_ready());
    }
}
