//! Erasing: everything of an account that was closed.
//!
//! The record that the account is closed is written first and stays: no job is started for it any more. Then
//! what there is is counted into the record, and then it is deleted. Each step can be done again: the first count
//! stays, and a job is listed with its account until nothing else of it is left.

use std::collections::BTreeMap;

use jiff::Timestamp;
use maru_store::{Key, StoreError, text};

use crate::account::{AccountJob, account_partition, listed_key};
use crate::{Jobs, job_key};

impl Jobs {
    /// Erases the jobs of `account`, which was closed at `deleted_at`, whether they wait, are at work or have
    /// ended, with their logs, and what the account used of models. Whoever works on one of them hears with the
    /// next write that the lease is lost.
    ///
    /// # Errors
    /// [`StoreError`]: begin again, what is done stays done.
    pub async fn erase_account(&self, account: &str, deleted_at: Timestamp) -> Result<(), StoreError> {
        let record = self.table.erasure(account);
        record.begin(deleted_at).await?;
        let listed = self.table.query(&account_partition(account)).consistent_read(true);
        let listed: Vec<AccountJob> = self.table.query_all(listed).await?;
        let usage = self.table.keys_of(&usage_partition(account)).await?.len();
        record.count(&BTreeMap::from([("jobs", listed.len()), ("usage", usage)])).await?;
        for job in listed {
            self.erase_job(account, &job).await?;
        }
        // Behind the jobs: as long as there is one, its worker books what it uses.
        self.table.delete_partition(&usage_partition(account)).await?;
        record.end().await
    }

    async fn erase_job(
        &self,
        account: &str,
        AccountJob { job_id, key }: &AccountJob,
    ) -> Result<(), StoreError> {
        // First what every write of a worker asks for, so that nothing comes behind what is deleted. As a
        // transaction, which waits for one of the worker's on the same item.
        let job = self.table.part(self.table.transact_delete(&job_key(job_id)).build())?;
        let _ = self.table.transact(vec![job]).await?;
        self.table.delete_partition(&job_key(job_id).pk).await?;
        let request = self.table.transact_delete(&Key::new(key, "KEY"));
        let request =
            request.condition_expression("jobId = :job").expression_attribute_values(":job", text(job_id));
        // Refused when it names another job by now, or is gone.
        let _ = self.table.transact(vec![self.table.part(request.build())?]).await?;
        self.table.delete(&listed_key(account, job_id)).await
    }
}

/// The partition of what `maru-model` books for an account.
fn usage_partition(account: &str) -> String {
    format!("USAGE#{account}")
}
