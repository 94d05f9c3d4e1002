//! Queues, as SQS has them: standard and FIFO, hidden while somebody works on a message, redriven to a
//! dead-letter queue.
//!
//! Times are those of the stack's clock: moving it forward makes hidden and delayed messages visible. Left
//! out: retention, tags, permissions, and the attributes of queues that the template does not set.

mod backlog;
mod digest;
mod mapping;
mod message;
mod queue;
mod service;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

pub(crate) use mapping::Mapping;
pub(crate) use queue::Queue;

use crate::clock::LocalClock;
use crate::template::{Place, Template};
use message::{Message, NewMessage};

/// All queues of a stack.
pub(crate) struct Queues {
    queues: BTreeMap<String, Arc<Queue>>,
    place: Place,
}

impl Queues {
    /// The template's queues, empty.
    pub(crate) fn new(template: &Template, clock: &LocalClock, place: &Place) -> Self {
        let queues = template
            .queues
            .iter()
            .map(|resource| (resource.name.clone(), Arc::new(Queue::new(resource.clone(), clock.clone()))));
        Self { queues: queues.collect(), place: place.clone() }
    }

    /// The queue of this name.
    pub(crate) fn get(&self, name: &str) -> Option<&Arc<Queue>> {
        self.queues.get(name)
    }

    /// All queues, by name.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Arc<Queue>> {
        self.queues.values()
    }

    /// Puts a message of the stack's own (a dead letter) into a queue.
    pub(crate) fn put(&self, name: &str, body: String) {
        match self.get(name) {
            Some(queue) => {
                let group = queue.resource.fifo.then(|| "dead".to_owned());
                queue.send(NewMessage { body, group, ..NewMessage::default() }, None);
            }
            None => tracing::error!(queue = name, "there is no such queue; the message is lost"),
        }
    }

    /// Receives what is visible in `queue`, after moving what was received too often to its dead-letter queue.
    fn receive(&self, queue: &Queue, limit: usize, visibility: Duration) -> Vec<Message> {
        let dead = queue.take_exhausted();
        if !dead.is_empty() {
            let letters = queue.resource.redrive.as_ref().and_then(|redrive| self.get(&redrive.queue));
            tracing::warn!(
                queue = queue.resource.name,
                count = dead.len(),
                "messages went to the dead-letter queue"
            );
            if let Some(letters) = letters {
                letters.adopt(dead);
            }
        }
        queue.receive(limit, visibility)
    }

    /// The same, waiting until `end` (for ever without one) for at least one message.
    async fn receive_until(
        &self,
        queue: &Queue,
        limit: usize,
        visibility: Duration,
        end: Option<Instant>,
    ) -> Vec<Message> {
        loop {
            let mut watch = queue.watch();
            let received = self.receive(queue, limit, visibility);
            if !received.is_empty() {
                return received;
            }
            let Some(end) = end else {
                queue.wait(&mut watch).await;
                continue;
            };
            if tokio::time::timeout_at(end, queue.wait(&mut watch)).await.is_err() {
                return Vec::new();
            }
        }
    }

    /// All messages, for a snapshot.
    pub(crate) fn export(&self) -> Value {
        let queues = self.queues.iter().map(|(name, queue)| {
            let messages = serde_json::to_value(queue.messages()).unwrap_or_default();
            (name.clone(), messages)
        });
        Value::Object(queues.collect())
    }

    /// Takes over the messages of a snapshot. Queues that are no longer in the template are dropped.
    ///
    /// # Errors
    /// A snapshot of another form.
    pub(crate) fn import(&self, snapshot: &Value) -> Result<(), serde_json::Error> {
        for (name, queue) in &self.queues {
            if let Some(messages) = snapshot.get(name) {
                queue.restore(serde_json::from_value(messages.clone())?);
            }
        }
        Ok(())
    }

    /// The queue that a URL or ARN names.
    fn by_url(&self, url: &str) -> Option<&Arc<Queue>> {
        self.get(crate::template::name_in_arn(url))
    }
}
