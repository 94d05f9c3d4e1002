//! Erasing what is here of a member, for the domain that keeps the record of it.

use maru_store::StoreError;

use crate::{CreditStore, credits_partition, plan_key};

impl CreditStore {
    /// How much there is of `member`, by kind.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count(&self, member: &str) -> Result<[(&'static str, usize); 2], StoreError> {
        let [days, plan] = partitions(member);
        Ok([
            ("credits", self.table.keys_of(&days).await?.len()),
            ("plan", self.table.keys_of(&plan).await?.len()),
        ])
    }

    /// Deletes what there is of `member`. Nothing is added any more once the condition holds that everything here is
    /// written with.
    ///
    /// # Errors
    /// [`StoreError`]: begin again, what is deleted stays deleted.
    pub async fn erase(&self, member: &str) -> Result<(), StoreError> {
        for partition in partitions(member) {
            self.table.delete_partition(&partition).await?;
        }
        Ok(())
    }
}

fn partitions(member: &str) -> [String; 2] {
    [credits_partition(member), plan_key(member).pk]
}
