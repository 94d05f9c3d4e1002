//! What a job has to do with the account whose job it is: it is listed there, so that it can be erased with it,
//! and none is started for an account that was closed.

use aws_sdk_dynamodb::types::TransactWriteItem;
use maru_store::{Key, StoreError, Table};
use serde::{Deserialize, Serialize};

use crate::job::Job;
use crate::start::expiry;

/// That a job is the account's.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AccountJob {
    pub(crate) job_id: String,
    /// The partition of the item that names the job by its logical request.
    pub(crate) key: String,
}

/// The condition that the account is open, and the write that lists the job there: in this order.
pub(crate) fn parts(
    table: &Table,
    account: &str,
    job: &Job,
    key: &Key,
) -> Result<[TransactWriteItem; 2], StoreError> {
    let listed = AccountJob { job_id: job.id.clone(), key: key.pk.clone() };
    let listed = table.transact_put(&listed_key(account, &job.id), &listed)?;
    let listed = listed.item("expiresAt", expiry(job.created_at));
    Ok([table.erasure(account).not_begun()?, table.part(listed.build())?])
}

/// The partition of an account's jobs.
pub(crate) fn account_partition(account: &str) -> String {
    format!("ACCOUNT#{account}")
}

/// The key under which a job is listed with its account.
pub(crate) fn listed_key(account: &str, job: &str) -> Key {
    Key::new(account_partition(account), format!("JOB#{job}"))
}
