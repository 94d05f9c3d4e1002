//! Jobs that somebody must look after: queued ones whose message may be lost, running ones whose worker may
//! be dead. They stand in a sparse index by the time at which to look, over eight partitions, so that no
//! partition is hot.

use aws_sdk_dynamodb::types::builders::{PutBuilder, UpdateBuilder};
use jiff::Timestamp;
use maru_store::{StoreError, integer, text};
use serde::Deserialize;

use crate::Jobs;

/// The index, and over how many partitions it is spread.
const INDEX: &str = "byDue";
const PARTITIONS: u8 = 8;

/// A queued job whose worker has not come after this long has lost its message, in milliseconds.
const QUEUED_FOR: i64 = 60_000;

/// How many jobs of each partition one look finds.
const LOOK: i32 = 100;

/// A job that is due to be looked after.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DueJob {
    /// The job.
    pub id: String,
    /// What kind of job, which tells the queue of its workers.
    pub kind: String,
    /// Since when it is due, milliseconds since the Unix epoch.
    pub due_at: i64,
}

pub(crate) fn soon(put: PutBuilder, id: &str, created_at: Timestamp) -> PutBuilder {
    put.item("duePartition", text(partition(id)))
        .item("dueAt", integer(created_at.as_millisecond() + QUEUED_FOR))
}

/// Adds to an update expression that sets the lease that the job is due when it ends.
pub(crate) fn with_lease(update: UpdateBuilder, lease_until: i64) -> UpdateBuilder {
    update.expression_attribute_values(":due", integer(lease_until))
}

fn partition(id: &str) -> String {
    let sum = id.bytes().fold(0u8, u8::wrapping_add);
    format!("DUE#{}", sum % PARTITIONS)
}

impl Jobs {
    /// The jobs that are due at `now`, the longest due of each partition first, at most 800.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn due(&self, now: Timestamp) -> Result<Vec<DueJob>, StoreError> {
        let mut found = Vec::new();
        for partition in 0..PARTITIONS {
            let query = self
                .table
                .client()
                .query()
                .table_name(self.table.name())
                .index_name(INDEX)
                .key_condition_expression("duePartition = :partition AND dueAt <= :now")
                .expression_attribute_values(":partition", text(format!("DUE#{partition}")))
                .expression_attribute_values(":now", integer(now.as_millisecond()))
                .limit(LOOK);
            found.extend(self.table.query_page::<DueJob>(query).await?);
        }
        Ok(found)
    }

    /// Looks again a minute from now: the job's message was sent just now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn look_again(&self, job: &DueJob, now: Timestamp) -> Result<(), StoreError> {
        let update = self
            .table
            .update(&crate::job_key(&job.id))
            .update_expression("SET dueAt = :later")
            .condition_expression("dueAt = :seen")
            .expression_attribute_values(":later", integer(now.as_millisecond() + QUEUED_FOR))
            .expression_attribute_values(":seen", integer(job.due_at));
        // Refused when the job moved on meanwhile, which is as well.
        self.table.update_if(update).await.map(|_| ())
    }
}
