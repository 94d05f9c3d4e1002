//! The lease: who works on a job, and the fence around everything that a worker writes.

use std::sync::atomic::AtomicI64;
use std::time::Duration;

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use maru_store::{Key, StoreError, Table, integer, text};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use tokio::sync::Mutex;

use self::writing::Writing;
use crate::event::{EventKind, NewEvent};
use crate::job::{Job, Progress};
use crate::start::KEPT;
use crate::{Jobs, job_key};

mod holding;
mod writing;

pub(crate) use self::writing::Tail;

/// How long a worker has a job without writing anything. Every write renews it.
const LEASE: Duration = Duration::from_secs(45);

/// Why a worker must stop.
#[derive(Debug, thiserror::Error)]
pub enum LeaseError {
    /// Another worker has the job now; what was to be written was not.
    #[error("the lease of {0} was taken over")]
    Lost(String),
    /// The database did not answer as it should.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What was to be stored or was stored of a step cannot be written or read.
    #[error("the result of the step {step} cannot be written or read")]
    Step {
        /// The step.
        step: String,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
}

#[derive(Debug, Serialize, Deserialize)]
struct StepItem {
    value: String,
    epoch: u64,
}

/// The right to work on a job, until another takes it. Several parts of the work may write under it at once: their
/// events come into the log in the order of their calls, each call's together.
#[derive(Debug)]
pub struct Lease {
    pub(crate) jobs: Jobs,
    pub(crate) job: Job,
    pub(crate) epoch: u64,
    pub(crate) tail: Mutex<Tail>,
    /// Until when it is ours by the last write that was answered, milliseconds since the Unix epoch. Not within the
    /// tail: it is asked for while a write of the work has that locked.
    pub(crate) until: AtomicI64,
}

impl Lease {
    /// The job as it was when it was taken.
    #[must_use]
    pub fn job(&self) -> &Job {
        &self.job
    }

    /// The table that the job is in.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.jobs.table
    }

    /// The epoch of this lease; greater than that of every lease before.
    #[must_use]
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// The condition under which a write of another crate's item belongs to this lease: to be part of its
    /// transaction.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn fence(&self) -> Result<TransactWriteItem, StoreError> {
        let check = self.table().transact_check(&job_key(&self.job.id)).condition_expression(FENCE);
        let check = check
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":mine", integer(self.epoch))
            .expression_attribute_values(":running", text("running"));
        self.table().part(check.build())
    }

    /// Books tokens and calls on the job, as part of a transaction that belongs to this lease.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn book(
        &self,
        input_tokens: u64,
        output_tokens: u64,
        calls: u64,
    ) -> Result<TransactWriteItem, StoreError> {
        let update = self
            .table()
            .transact_update(&job_key(&self.job.id))
            .update_expression("ADD inputTokens :input, outputTokens :output, calls :calls")
            .condition_expression(FENCE)
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":mine", integer(self.epoch))
            .expression_attribute_values(":running", text("running"))
            .expression_attribute_values(":input", integer(input_tokens))
            .expression_attribute_values(":output", integer(output_tokens))
            .expression_attribute_values(":calls", integer(calls));
        self.table().part(update.build())
    }

    /// Appends events to the log.
    ///
    /// # Errors
    /// [`LeaseError`].
    pub async fn append(&self, events: &[NewEvent]) -> Result<(), LeaseError> {
        self.write(Writing { events, ..Writing::default() }).await
    }

    /// Writes items of the domain's own under the fence of this lease: all or nothing.
    ///
    /// # Errors
    /// [`LeaseError`].
    pub async fn write_with(&self, items: Vec<TransactWriteItem>) -> Result<(), LeaseError> {
        self.write(Writing { items, ..Writing::default() }).await
    }

    /// Says how far the job is, in the job and in its log.
    ///
    /// # Errors
    /// [`LeaseError`].
    pub async fn report(&self, progress: &Progress) -> Result<(), LeaseError> {
        let event = NewEvent::new(EventKind::Progress, serde_json::json!(progress));
        self.write(Writing { events: &[event], progress: Some(progress), ..Writing::default() }).await
    }

    /// Tells whoever watches, and only them, that a part of the work goes on: a progress event with the parts that
    /// are done by now, whichever of several at work finished them, with `label`, and with what `details` says.
    ///
    /// # Errors
    /// [`LeaseError`].
    pub async fn tell(&self, label: &str, details: Map<String, Value>) -> Result<(), LeaseError> {
        let mut tail = self.tail.lock().await;
        let Progress { done, total, .. } = tail.progress;
        let mut data = details;
        data.extend([
            ("done".to_owned(), done.into()),
            ("total".to_owned(), total.into()),
            ("label".to_owned(), label.into()),
        ]);
        let event = NewEvent::new(EventKind::Progress, Value::Object(data));
        self.write_at(&mut tail, Writing { events: &[event], ..Writing::default() }).await
    }

    /// What the step `name` gave, if this or an earlier worker finished it.
    ///
    /// # Errors
    /// [`LeaseError`].
    pub async fn finished_step<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, LeaseError> {
        let item: Option<StepItem> = self.table().get(&self.step_key(name), true).await?;
        let value = item.map(|item| serde_json::from_str(&item.value)).transpose();
        value.map_err(|source| LeaseError::Step { step: name.to_owned(), source })
    }

    /// Stores what the step `name` gave, together with its events and progress: all or nothing.
    ///
    /// # Errors
    /// [`LeaseError`].
    pub async fn finish_step<T: Serialize>(
        &self,
        name: &str,
        value: &T,
        events: &[NewEvent],
        progress: Option<&Progress>,
    ) -> Result<(), LeaseError> {
        let value = serde_json::to_string(value)
            .map_err(|source| LeaseError::Step { step: name.to_owned(), source })?;
        let put = self.table().transact_put(&self.step_key(name), &StepItem { value, epoch: self.epoch })?;
        let expires = integer(self.table().clock().now().as_second() + KEPT);
        let put = put.item("expiresAt", expires).condition_expression("attribute_not_exists(pk)");
        let items = vec![self.table().part(put.build())?];
        self.write(Writing { events, progress, finishes_step: true, items }).await
    }

    fn step_key(&self, name: &str) -> Key {
        Key::new(format!("JOB#{}", self.job.id), format!("STEP#{name}"))
    }
}

/// What every write of a worker asks of the job's item.
pub(crate) const FENCE: &str = "epoch = :mine AND #status = :running";

pub(crate) fn lease_until(now: Timestamp) -> i64 {
    now.as_millisecond() + i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX)
}
