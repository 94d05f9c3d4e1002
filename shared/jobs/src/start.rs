//! Starting a job: one job per logical request, whoever asks and however often.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use maru_lambda::new_id;
use maru_store::{Key, StoreError, integer, text};
use serde::{Deserialize, Serialize};

use crate::job::{Job, Progress, Status, Usage};
use crate::{Jobs, due, job_key};

/// For how long a job and its log are kept after it was asked for, in seconds.
pub(crate) const KEPT: i64 = 30 * 24 * 60 * 60;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// `<domain>.<what>`.
    pub kind: &'static str,
    /// Whose job it is; none for a guest's.
    pub account: Option<String>,
    /// Names the logical request among those of the kind: equal requests have equal keys.
    pub key: String,
    /// What the worker needs to know, as JSON.
    pub input: String,
    /// Where the result will be found, a path of the API.
    pub result_url: String,
    /// What the first watchers see.
    pub progress: Progress,
}

/// The job that does what was asked for.
#[derive(Clone, Debug)]
pub enum Started {
    /// A new one; it has to be brought to its worker.
    New(Job),
    /// One that an equal request started before.
    Joined(Job),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct KeyItem {
    job_id: String,
}

impl Jobs {
    /// Starts the job, or joins the one of an equal request unless that one failed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn start(&self, new: NewJob) -> Result<Started, StoreError> {
        let job = job_of(&new, self.table.clock().now());
        let key = Key::new(format!("KEY#{}#{}", new.kind, new.key), "KEY");
        let mut replaces: Option<String> = None;
        loop {
            if self.put_job(&key, &job, replaces.as_deref()).await? {
                return Ok(Started::New(job));
            }
            let Some(KeyItem { job_id }) = self.table.get(&key, true).await? else {
                // Expired between the two calls: nothing is left to be replaced.
                replaces = None;
                continue;
            };
            match self.find(&job_id).await? {
                // The first answer of our own write was lost.
                Some(found) if found.id == job.id => return Ok(Started::New(found)),
                Some(found) if found.status != Status::Failed => return Ok(Started::Joined(found)),
                _ => replaces = Some(job_id),
            }
        }
    }

    /// Writes job and key together, if no job has the key, or the failed one that is to be replaced.
    async fn put_job(&self, key: &Key, job: &Job, replaces: Option<&str>) -> Result<bool, StoreError> {
        let key_item = KeyItem { job_id: job.id.clone() };
        let mut key_put = self.table.transact_put(key, &key_item)?.item("expiresAt", expiry(job.created_at));
        key_put = match replaces {
            None => key_put.condition_expression("attribute_not_exists(pk)"),
            Some(failed) => key_put
                .condition_expression("jobId = :failed")
                .expression_attribute_values(":failed", text(failed)),
        };
        let job_put =
            self.table.transact_put(&job_key(&job.id), job)?.item("expiresAt", expiry(job.created_at));
        let job_put =
            due::soon(job_put, &job.id, job.created_at).condition_expression("attribute_not_exists(pk)");
        let writes = vec![self.table.part(key_put.build())?, self.table.part(job_put.build())?];
        Ok(self.table.transact(writes).await?.is_ok())
    }
}

fn expiry(created_at: Timestamp) -> aws_sdk_dynamodb::types::AttributeValue {
    integer(created_at.as_second() + KEPT)
}

fn job_of(new: &NewJob, now: Timestamp) -> Job {
    Job {
        id: new_id("job", now),
        kind: new.kind.to_owned(),
        account: new.account.clone(),
        stream_token: URL_SAFE_NO_PAD.encode(rand::random::<[u8; 24]>()),
        input: new.input.clone(),
        result_url: new.result_url.clone(),
        status: Status::Queued,
        epoch: 0,
        lease_until: 0,
        last_event: 0,
        progress: new.progress.clone(),
        result: None,
        error: None,
        usage: Usage::default(),
        created_at: now,
        updated_at: now,
    }
}
