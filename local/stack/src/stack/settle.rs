//! Waiting until everything that was set off is done.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::Parts;
use crate::queues::Queue;
use crate::template::EventSource;

/// How soon a visible message is looked for again; its poller is about to take it.
const SOON: Duration = Duration::from_millis(1);

/// What is left when everything that was set off is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Messages that a function is to receive, but not within the time that was waited: delayed ones, and
    /// failed ones that are hidden for the rest of their visibility.
    pub later: usize,
}

/// Something is still at work after all the patience.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("still at work after {patience:?}; queues with messages: {queues:?}")]
pub struct Unsettled {
    /// How long it was waited for.
    pub patience: Duration,
    /// The queues that still have messages, with their number.
    pub queues: Vec<(String, usize)>,
}

impl Parts {
    /// Waits until no function is at work, no event is under way, and no queue with a consumer has a message
    /// that is visible, or will be within `patience` by the stack's clock. On a clock that stands still,
    /// hidden messages are not waited for.
    ///
    /// # Errors
    /// [`Unsettled`] when that takes longer than `patience`.
    pub async fn settle(&self, patience: Duration) -> Result<Settled, Unsettled> {
        let queues = self.consumed();
        let wait = SignedDuration::try_from(patience).unwrap_or(SignedDuration::MAX);
        let horizon = if self.clock.is_frozen() { SignedDuration::ZERO } else { wait };
        let horizon = self.clock.now().saturating_add(horizon).unwrap_or(Timestamp::MAX);
        match tokio::time::timeout(patience, self.settle_before(&queues, horizon)).await {
            Ok(settled) => Ok(settled),
            Err(_) => {
                let queues = queues.iter().map(|queue| (queue.resource.name.clone(), size(queue)));
                Err(Unsettled { patience, queues: queues.filter(|(_, size)| *size > 0).collect() })
            }
        }
    }

    async fn settle_before(&self, queues: &[Arc<Queue>], horizon: Timestamp) -> Settled {
        loop {
            let begun = self.functions.activity().idle().await;
            let due = queues.iter().filter_map(|queue| queue.next_visible()).min();
            match due.filter(|due| *due <= horizon) {
                Some(due) if due > self.clock.now() => self.clock.wait_until(due).await,
                Some(_) => tokio::time::sleep(SOON).await,
                // Nothing began while the queues were looked at.
                None if self.functions.activity().begun() == begun => {
                    return Settled { later: queues.iter().map(|queue| size(queue)).sum() };
                }
                None => {}
            }
        }
    }

    /// The queues that a function consumes; others wait for somebody else.
    fn consumed(&self) -> Vec<Arc<Queue>> {
        let events = self.functions.all().flat_map(|lambda| &lambda.resource.events);
        let queues = events.filter_map(|event| match event {
            EventSource::Queue(source) => self.queues.get(&source.queue).cloned(),
            _ => None,
        });
        queues.collect()
    }
}

fn size(queue: &Queue) -> usize {
    let counts = queue.counts();
    counts.visible + counts.in_flight + counts.delayed
}
