//! The lease: who works on a job, and the fence around everything that a worker writes.

use std::time::Duration;

use aws_sdk_dynamodb::types::TransactWriteItem;
use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use jiff::Timestamp;
use maru_store::{Key, StoreError, Table, integer, text};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tokio::sync::Mutex;

use crate::event::{self, EventKind, LogEvent, NewEvent};
use crate::job::{Job, Progress};
use crate::start::KEPT;
use crate::{Jobs, due, job_key};

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

/// The right to work on a job, until another takes it.
#[derive(Debug)]
pub struct Lease {
    pub(crate) jobs: Jobs,
    pub(crate) job: Job,
    pub(crate) epoch: u64,
    pub(crate) last_event: Mutex<u64>,
}

/// What one fenced write holds besides the renewal of the lease.
#[derive(Default)]
struct Writing<'a> {
    events: &'a [NewEvent],
    progress: Option<&'a Progress>,
    finishes_step: bool,
    items: Vec<TransactWriteItem>,
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

    /// Does `work`, renewing the lease meanwhile; `work` is dropped when the lease is lost.
    ///
    /// # Errors
    /// [`LeaseError`].
    pub async fn hold<T, E: From<LeaseError>>(
        &self,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        self.hold_renewing(LEASE / 3, work).await
    }

    async fn hold_renewing<T, E: From<LeaseError>>(
        &self,
        every: Duration,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        // Beside the work, never instead of it: a write of the work that is under way has the log locked.
        let renewing = async {
            loop {
                tokio::time::sleep(every).await;
                if let Err(lost) = self.write(Writing::default()).await {
                    return lost;
                }
            }
        };
        tokio::select! {
            done = work => done,
            lost = renewing => Err(lost.into()),
        }
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

    /// One fenced write: the job's item moves on, the events and other items come with it.
    async fn write(&self, writing: Writing<'_>) -> Result<(), LeaseError> {
        let until = lease_until(self.table().clock().now());
        let mut update =
            due::with_lease(self.update(), until).expression_attribute_values(":until", integer(until));
        let mut set = "SET lastEvent = :last, updatedAt = :now, leaseUntil = :until, dueAt = :due".to_owned();
        if let Some(progress) = writing.progress {
            set += ", progress = :progress";
            update = update.expression_attribute_values(":progress", self.table().attribute(progress)?);
        }
        if writing.finishes_step {
            set += ", attempts = :none";
            update = update.expression_attribute_values(":none", integer(0));
        }
        let mut last = self.last_event.lock().await;
        self.transact(update.update_expression(set), &mut last, writing.events, writing.items).await
    }

    pub(crate) fn update(&self) -> UpdateBuilder {
        self.table()
            .transact_update(&job_key(&self.job.id))
            .condition_expression(format!("{FENCE} AND lastEvent = :seen"))
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":mine", integer(self.epoch))
            .expression_attribute_values(":running", text("running"))
    }

    pub(crate) async fn transact(
        &self,
        update: UpdateBuilder,
        last: &mut u64,
        events: &[NewEvent],
        mut writes: Vec<TransactWriteItem>,
    ) -> Result<(), LeaseError> {
        let (table, now) = (self.table(), self.table().clock().now());
        let next = *last + events.len() as u64;
        let update = update
            .expression_attribute_values(":seen", integer(*last))
            .expression_attribute_values(":last", integer(next))
            .expression_attribute_values(":now", text(now.to_string()));
        writes.insert(0, table.part(update.build())?);
        for (event, sequence) in events.iter().zip(*last + 1..) {
            let event = LogEvent { sequence, kind: event.kind, data: event.data.to_string(), at: now };
            writes.push(event::put(table, &self.job.id, &event)?);
        }
        match table.transact(writes).await? {
            Ok(()) => {
                *last = next;
                Ok(())
            }
            Err(_) => Err(LeaseError::Lost(self.job.id.clone())),
        }
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

#[cfg(test)]
mod tests;
