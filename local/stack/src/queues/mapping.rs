//! Event source mappings: what polls a queue and hands its messages to a function.
//!
//! A message that failed, or whose invocation failed as a whole, stays hidden for the rest of its visibility
//! and is then received again, as on AWS.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use maru_lambda::Answer;
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::time::Instant;

use super::message::Message;
use super::{Queue, Queues};
use crate::runtime::{Activity, Admission, Busy, Lambda};
use crate::template::QueueSource;

/// Invocations at the same time where the template sets no `MaximumConcurrency`. AWS starts with five pollers
/// and goes up to a thousand; two are enough for one machine and still show what does not stand concurrency.
const CONCURRENCY: u32 = 2;

/// The batching window is cut to this: it saves invocations, which cost nothing here.
const LONGEST_WINDOW: Duration = Duration::from_millis(200);

/// One event source mapping.
pub(crate) struct Mapping {
    queues: Arc<Queues>,
    queue: Arc<Queue>,
    lambda: Arc<Lambda>,
    source: QueueSource,
    activity: Activity,
}

impl Mapping {
    /// A mapping of `source`; none if there is no such queue.
    pub(crate) fn new(
        queues: &Arc<Queues>,
        lambda: &Arc<Lambda>,
        source: &QueueSource,
        activity: &Activity,
    ) -> Option<Self> {
        let queue = Arc::clone(queues.get(&source.queue)?);
        let (queues, lambda) = (Arc::clone(queues), Arc::clone(lambda));
        Some(Self { queues, queue, lambda, source: source.clone(), activity: activity.clone() })
    }

    /// Polls until dropped.
    pub(crate) async fn run(self) {
        let limit = self.source.maximum_concurrency.unwrap_or(CONCURRENCY);
        let limit = Arc::new(Semaphore::new(usize::try_from(limit).unwrap_or(usize::MAX)));
        let mapping = Arc::new(self);
        while let Ok(permit) = Arc::clone(&limit).acquire_owned().await {
            let (busy, batch) = mapping.batch().await;
            let mapping = Arc::clone(&mapping);
            tokio::spawn(async move {
                mapping.handle(batch).await;
                drop((busy, permit));
            });
        }
    }

    /// Waits for the next batch. The guard is taken before the first message is, so that a message is always
    /// either in the queue or counted as work.
    async fn batch(&self) -> (Busy, Vec<Message>) {
        let size = usize::try_from(self.source.batch_size).unwrap_or(usize::MAX);
        let visibility = self.queue.resource.visibility;
        loop {
            let mut watch = self.queue.watch();
            let busy = self.activity.begin();
            let mut batch = self.queues.receive(&self.queue, size, visibility);
            if batch.is_empty() {
                drop(busy);
                self.queue.wait(&mut watch).await;
                continue;
            }
            let end = Instant::now() + self.source.batching_window.min(LONGEST_WINDOW);
            while batch.len() < size && Instant::now() < end {
                let left = size - batch.len();
                batch.extend(self.queues.receive_until(&self.queue, left, visibility, Some(end)).await);
            }
            return (busy, batch);
        }
    }

    async fn handle(&self, batch: Vec<Message>) {
        let records: Vec<Value> =
            batch.iter().map(|message| message.record(&self.queue.resource.arn)).collect();
        let answer = self.lambda.invoke(json!({ "Records": records }), Admission::OrWait).await;
        let Ok(Answer::Value(answer)) = answer else { return };
        let failed =
            if self.source.reports_failures { failures(&answer, &batch) } else { Some(BTreeSet::new()) };
        let Some(failed) = failed else {
            tracing::error!(
                function = self.lambda.name(),
                "the batchItemFailures are wrong: the whole batch failed"
            );
            return;
        };
        let done = batch.iter().filter(|message| !failed.contains(message.id.as_str()));
        for receipt in done.filter_map(|message| message.receipt.as_deref()) {
            self.queue.delete(receipt);
        }
    }
}

/// The ids of the messages that a function says it failed; none if what it says is wrong, upon which Lambda
/// takes the whole batch as failed
/// (<https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html>).
fn failures<'a>(answer: &'a Value, batch: &[Message]) -> Option<BTreeSet<&'a str>> {
    let Some(failures) = answer.get("batchItemFailures").filter(|failures| !failures.is_null()) else {
        return Some(BTreeSet::new());
    };
    failures
        .as_array()?
        .iter()
        .map(|failure| {
            let id = failure.get("itemIdentifier")?.as_str()?;
            batch.iter().any(|message| message.id == id).then_some(id)
        })
        .collect()
}
