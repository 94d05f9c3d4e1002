//! The lease: who works on a job, and the fence around everything that a worker writes.

use std::time::Duration;

use aws_sdk_dynamodb::types::TransactWriteItem;
use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use jiff::Timestamp;
use maru_store::{Key, Outcome, StoreError, Table, integer, text};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tokio::sync::Mutex;

use crate::event::{self, EventKind, LogEvent, NewEvent};
use crate::job::{Failure, Job, Progress, Status};
use crate::start::KEPT;
use crate::{Jobs, due, job_key};

/// How long a worker has a job without writing anything. Every write renews it.
const LEASE: Duration = Duration::from_secs(45);

/// What came of asking for a job.
#[derive(Debug)]
pub enum Acquired {
    /// It is ours.
    Lease(Box<Lease>),
    /// Another worker has it; should that one die, the job is due again.
    Busy,
    /// Nothing is left to do.
    Ended,
    /// There is no such job.
    Unknown,
}

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
    jobs: Jobs,
    job: Job,
    epoch: u64,
    last_event: Mutex<u64>,
}

impl Jobs {
    /// Takes the job `id` if no other worker has it: a conditional write that raises its epoch.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn acquire(&self, id: &str) -> Result<Acquired, StoreError> {
        let Some(seen) = self.find(id).await? else { return Ok(Acquired::Unknown) };
        if seen.status.has_ended() {
            return Ok(Acquired::Ended);
        }
        let now = self.table.clock().now();
        let until = lease_until(now);
        let update = self
            .table
            .update(&job_key(id))
            .update_expression("SET epoch = :next, #status = :running, leaseUntil = :until, dueAt = :until")
            .condition_expression(
                "epoch = :seen AND (#status = :queued OR (#status = :running AND leaseUntil <= :now))",
            )
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":next", integer(seen.epoch + 1))
            .expression_attribute_values(":seen", integer(seen.epoch))
            .expression_attribute_values(":queued", text("queued"))
            .expression_attribute_values(":running", text("running"))
            .expression_attribute_values(":now", integer(now.as_millisecond()))
            .expression_attribute_values(":until", integer(until));
        match self.table.update_if(update).await? {
            Outcome::Done(item) => {
                let job: Job = self.table.decode(item)?;
                let (epoch, last_event) = (job.epoch, Mutex::new(job.last_event));
                Ok(Acquired::Lease(Box::new(Lease { jobs: self.clone(), job, epoch, last_event })))
            }
            // A lost answer of our own write looks the same; the job is then due after one idle lease.
            Outcome::Refused(_) => Ok(Acquired::Busy),
        }
    }
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
                if let Err(lost) = self.write(&[], None, Vec::new()).await {
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
        self.write(events, None, Vec::new()).await
    }

    /// Writes items of the domain's own under the fence of this lease: all or nothing.
    ///
    /// # Errors
    /// [`LeaseError`].
    pub async fn write_with(&self, writes: Vec<TransactWriteItem>) -> Result<(), LeaseError> {
        self.write(&[], None, writes).await
    }

    /// Lets go of the job before the work is done, so that another worker can go on at once.
    ///
    /// # Errors
    /// [`LeaseError`].
    pub async fn release(self) -> Result<(), LeaseError> {
        let update = self
            .table()
            .update(&job_key(&self.job.id))
            .update_expression("SET leaseUntil = :now, dueAt = :now")
            .condition_expression(FENCE)
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":mine", integer(self.epoch))
            .expression_attribute_values(":running", text("running"))
            .expression_attribute_values(":now", integer(self.table().clock().now().as_millisecond()));
        match self.table().update_if(update).await? {
            Outcome::Done(_) => Ok(()),
            Outcome::Refused(_) => Err(LeaseError::Lost(self.job.id)),
        }
    }

    /// Says how far the job is, in the job and in its log.
    ///
    /// # Errors
    /// [`LeaseError`].
    pub async fn report(&self, progress: &Progress) -> Result<(), LeaseError> {
        let event = NewEvent::new(EventKind::Progress, serde_json::json!(progress));
        self.write(&[event], Some(progress), Vec::new()).await
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
        self.write(events, progress, vec![self.table().part(put.build())?]).await
    }

    /// Ends the job well, together with the domain's own `writes` (the result itself): all or nothing.
    ///
    /// # Errors
    /// [`LeaseError`].
    pub async fn succeed(
        self,
        status: Status,
        result: &serde_json::Value,
        writes: Vec<TransactWriteItem>,
    ) -> Result<(), LeaseError> {
        let data = serde_json::json!({ "status": status, "result": result });
        let update = self.ending(status).expression_attribute_values(":result", text(result.to_string()));
        let update =
            update.update_expression(format!("{ENDING}, #result = :result REMOVE duePartition, dueAt"));
        let update = update.expression_attribute_names("#result", "result");
        self.finish(update, NewEvent::new(EventKind::Done, data), writes).await
    }

    /// Ends the job as failed.
    ///
    /// # Errors
    /// [`LeaseError`].
    pub async fn fail(self, failure: &Failure) -> Result<(), LeaseError> {
        let data =
            serde_json::json!({ "status": Status::Failed, "code": failure.code, "detail": failure.detail });
        let error = self.table().attribute(failure)?;
        let update = self.ending(Status::Failed).expression_attribute_values(":error", error);
        let update =
            update.update_expression(format!("{ENDING}, #error = :error REMOVE duePartition, dueAt"));
        let update = update.expression_attribute_names("#error", "error");
        self.finish(update, NewEvent::new(EventKind::Error, data), Vec::new()).await
    }

    async fn finish(
        self,
        update: UpdateBuilder,
        event: NewEvent,
        writes: Vec<TransactWriteItem>,
    ) -> Result<(), LeaseError> {
        let mut last = self.last_event.lock().await;
        self.transact(update, &mut last, &[event], writes).await
    }

    fn ending(&self, status: Status) -> UpdateBuilder {
        let name = match status {
            Status::PartlySucceeded => "partly_succeeded",
            Status::Failed => "failed",
            _ => "succeeded",
        };
        self.update().expression_attribute_values(":ended", text(name))
    }

    /// One fenced write: the job's item moves on, the events and other items come with it.
    async fn write(
        &self,
        events: &[NewEvent],
        progress: Option<&Progress>,
        writes: Vec<TransactWriteItem>,
    ) -> Result<(), LeaseError> {
        let until = lease_until(self.table().clock().now());
        let update =
            due::with_lease(self.update(), until).expression_attribute_values(":until", integer(until));
        let set = "SET lastEvent = :last, updatedAt = :now, leaseUntil = :until, dueAt = :due";
        let update = match progress {
            None => update.update_expression(set),
            Some(progress) => update
                .update_expression(format!("{set}, progress = :progress"))
                .expression_attribute_values(":progress", self.table().attribute(progress)?),
        };
        let mut last = self.last_event.lock().await;
        self.transact(update, &mut last, events, writes).await
    }

    fn update(&self) -> UpdateBuilder {
        self.table()
            .transact_update(&job_key(&self.job.id))
            .condition_expression(format!("{FENCE} AND lastEvent = :seen"))
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":mine", integer(self.epoch))
            .expression_attribute_values(":running", text("running"))
    }

    async fn transact(
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
const FENCE: &str = "epoch = :mine AND #status = :running";

/// What every end sets.
const ENDING: &str = "SET lastEvent = :last, updatedAt = :now, #status = :ended";

fn lease_until(now: Timestamp) -> i64 {
    now.as_millisecond() + i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
