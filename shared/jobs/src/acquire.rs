//! Taking a job: one worker at a time, and not for ever.

use std::sync::atomic::AtomicI64;

use maru_store::{Outcome, StoreError, integer, text};
use tokio::sync::Mutex;

use crate::job::Job;
use crate::lease::{Lease, Tail, lease_until};
use crate::{Jobs, job_key};

/// How many workers in a row may take a job without finishing a step. A job that kills its workers, or that
/// each of them gives back with an error, would otherwise be begun again every minute, at the price of its
/// calls each time.
pub const MOST_ATTEMPTS: u32 = 5;

/// What came of asking for a job.
#[derive(Debug)]
pub enum Acquired {
    /// It is ours.
    Lease(Box<Lease>),
    /// It is ours, but [`MOST_ATTEMPTS`] workers before us had it and finished no step: end it, with
    /// [`Lease::fail_with`] and [`Failure::exhausted`](crate::Failure::exhausted), giving back what was taken
    /// for it. Should we die before that, the next one is told the same.
    Exhausted(Box<Lease>),
    /// Another worker has it; should that one die, the job is due again.
    Busy,
    /// Nothing is left to do.
    Ended,
    /// There is no such job.
    Unknown,
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
            .update_expression(
                "SET epoch = :next, #status = :running, leaseUntil = :until, dueAt = :until, \
                 attempts = if_not_exists(attempts, :none) + :one",
            )
            .condition_expression(
                "epoch = :seen AND (#status = :queued OR (#status = :running AND leaseUntil <= :now))",
            )
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":next", integer(seen.epoch + 1))
            .expression_attribute_values(":seen", integer(seen.epoch))
            .expression_attribute_values(":queued", text("queued"))
            .expression_attribute_values(":running", text("running"))
            .expression_attribute_values(":none", integer(0))
            .expression_attribute_values(":one", integer(1))
            .expression_attribute_values(":now", integer(now.as_millisecond()))
            .expression_attribute_values(":until", integer(until));
        match self.table.update_if(update).await? {
            Outcome::Done(item) => Ok(self.taken(self.table.decode(item)?)),
            // A lost answer of our own write looks the same; the job is then due after one idle lease.
            Outcome::Refused(_) => Ok(Acquired::Busy),
        }
    }

    fn taken(&self, job: Job) -> Acquired {
        let exhausted = job.attempts > MOST_ATTEMPTS;
        let tail = Tail { last: Some(job.last_event), progress: job.progress.clone() };
        let (epoch, tail, until) = (job.epoch, Mutex::new(tail), AtomicI64::new(job.lease_until));
        let lease = Box::new(Lease { jobs: self.clone(), job, epoch, tail, until });
        if exhausted { Acquired::Exhausted(lease) } else { Acquired::Lease(lease) }
    }
}
