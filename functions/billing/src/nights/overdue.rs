//! What was left open, and has to be settled now.

use jiff::{SignedDuration, Timestamp};
use maru_store::{Key, StoreError, text};
use serde::Deserialize;

use crate::store::{Due, SHARDS, Store, second, settle_partition};

/// How many of each partition one look finds.
const LOOK: i32 = 500;

/// When something is looked for again, if whoever was asked to settle it did not.
const AGAIN: SignedDuration = SignedDuration::from_mins(5);

/// Something that has to be settled.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Overdue {
    pk: String,
    sk: String,
    /// Whose it is.
    pub member_id: String,
}

impl Store {
    /// What has to be settled at `now`, the longest overdue of each partition first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn overdue(&self, now: Timestamp) -> Result<Vec<Overdue>, StoreError> {
        let mut found = Vec::new();
        for shard in 0..SHARDS {
            let query = self
                .table()
                .query(&settle_partition(shard))
                .index_name("byDue")
                .key_condition_expression("duePartition = :pk AND due <= :now")
                .expression_attribute_values(":now", text(second(now)))
                .limit(LOOK);
            found.extend(self.table().query_page::<Overdue>(query).await?);
        }
        Ok(found)
    }

    /// Leaves what was asked for alone for a while. What is settled meanwhile is not looked for any more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn postpone(&self, asked: Vec<Overdue>, now: Timestamp) -> Result<(), StoreError> {
        for Overdue { pk, sk, member_id } in asked {
            let Due { due_partition, due } = Due::settle(now + AGAIN, &member_id);
            let update = self
                .table()
                .update(&Key::new(pk, sk))
                .update_expression("SET due = :due")
                .condition_expression("duePartition = :partition AND due <= :now")
                .expression_attribute_values(":due", text(due))
                .expression_attribute_values(":partition", text(due_partition))
                .expression_attribute_values(":now", text(second(now)));
            self.table().update_if(update).await?;
        }
        Ok(())
    }
}
