//! Erasing: what consulting keeps of an account that was closed.
//!
//! A lecturer's reports go, and the answers kept by idempotency key, some of which hold a report. The nightly
//! numbers stay: they are the lecture platform's, computed anew from its export each night, so that only there
//! can a lecturer be taken out of them. A run keeps the id of the admin who asked for it, which names nobody any
//! more.
//!
//! The record that the account is closed is written first and stays: it is a condition of a report's last write, so
//! that a job that ends later brings none back. Then what there is is counted into the record, and then it is
//! deleted. Each step can be done again: the first count stays.

use std::collections::BTreeMap;

use jiff::Timestamp;
use maru_store::StoreError;

use crate::store::{Store, reports_partition};

/// The functions whose answers are kept by idempotency key.
const KEPT_ANSWERS: [&str; 2] = ["create_report", "create_run"];

impl Store {
    /// Erases what there is of `account`, which was closed at `deleted_at`.
    ///
    /// # Errors
    /// [`StoreError`]: begin again, what is done stays done.
    pub async fn erase(&self, account: &str, deleted_at: Timestamp) -> Result<(), StoreError> {
        let record = self.table().erasure(account);
        record.begin(deleted_at).await?;
        let reports = self.table().keys_of(&reports_partition(account)).await?;
        let mut answers = Vec::new();
        for function in KEPT_ANSWERS {
            answers.extend(self.table().keys_of(&format!("IDEMPOTENCY#{account}#{function}")).await?);
        }
        record.count(&BTreeMap::from([("reports", reports.len()), ("answers", answers.len())])).await?;
        self.table().delete_all(reports.into_iter().chain(answers)).await?;
        record.end().await
    }
}
