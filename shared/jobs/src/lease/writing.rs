//! One fenced write of a worker: the job's item moves on, and events and other items come with it.

use std::sync::atomic::Ordering;

use aws_sdk_dynamodb::types::TransactWriteItem;
use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use maru_store::{integer, text};

use super::{FENCE, Lease, LeaseError, lease_until};
use crate::event::{self, LogEvent, NewEvent};
use crate::job::Progress;
use crate::{due, job_key};

/// Where the log ends, as far as this worker knows. Whoever writes has it locked.
#[derive(Debug)]
pub(crate) struct Tail {
    /// The number of the last event. None after a write that was dropped or has failed: it may have come through all
    /// the same, so the job's item is asked before the next.
    pub(crate) last: Option<u64>,
    /// How far the job was said to be.
    pub(crate) progress: Progress,
}

/// What one fenced write holds besides the renewal of the lease.
#[derive(Default)]
pub(super) struct Writing<'a> {
    pub(super) events: &'a [NewEvent],
    pub(super) progress: Option<&'a Progress>,
    pub(super) finishes_step: bool,
    pub(super) items: Vec<TransactWriteItem>,
}

impl Lease {
    pub(super) async fn write(&self, writing: Writing<'_>) -> Result<(), LeaseError> {
        let mut tail = self.tail.lock().await;
        self.write_at(&mut tail, writing).await
    }

    pub(super) async fn write_at(&self, tail: &mut Tail, writing: Writing<'_>) -> Result<(), LeaseError> {
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
        self.transact(update.update_expression(set), tail, writing.events, writing.items).await?;
        self.until.fetch_max(until, Ordering::Relaxed);
        if let Some(progress) = writing.progress {
            tail.progress.clone_from(progress);
        }
        Ok(())
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
        tail: &mut Tail,
        events: &[NewEvent],
        mut writes: Vec<TransactWriteItem>,
    ) -> Result<(), LeaseError> {
        // Not known again before the answer is there: this future may be dropped while it waits for it.
        let last = match tail.last.take() {
            Some(last) => last,
            None => self.last_event().await?,
        };
        let (table, now) = (self.table(), self.table().clock().now());
        let next = last + events.len() as u64;
        let update = update
            .expression_attribute_values(":seen", integer(last))
            .expression_attribute_values(":last", integer(next))
            .expression_attribute_values(":now", text(now.to_string()));
        writes.insert(0, table.part(update.build())?);
        for (event, sequence) in events.iter().zip(last + 1..) {
            let event = LogEvent { sequence, kind: event.kind, data: event.data.to_string(), at: now };
            writes.push(event::put(table, &self.job.id, &event)?);
        }
        match table.transact(writes).await? {
            Ok(()) => {
                tail.last = Some(next);
                Ok(())
            }
            Err(_) => {
                tail.last = Some(last);
                Err(LeaseError::Lost(self.job.id.clone()))
            }
        }
    }

    /// The number of the last event, as the job's item has it. If another worker wrote it, our next write is
    /// refused by its fence.
    async fn last_event(&self) -> Result<u64, LeaseError> {
        let job = self.jobs.find(&self.job.id).await?;
        job.map(|job| job.last_event).ok_or_else(|| LeaseError::Lost(self.job.id.clone()))
    }
}
