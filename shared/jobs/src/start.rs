//! Starting a job: one job per logical request, whoever asks and however often.

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use maru_lambda::Problem;
use maru_store::{Cancelled, Key, StoreError, integer, text};
use serde::{Deserialize, Serialize};

use crate::job::{Job, Progress, Status, Usage};
use crate::{Jobs, account, due, job_key, stream_token};

/// For how long a job and its log are kept after it was asked for, in seconds.
pub(crate) const KEPT: i64 = 30 * 24 * 60 * 60;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// Its id, `job_…`. A start that carries on an earlier one (`maru_store::Attempt`) gives the same again.
    pub id: String,
    /// `<domain>.<what>`.
    pub kind: &'static str,
    /// Whose job it is; none for a guest's.
    pub account: Option<String>,
    /// Names the logical request among those of the kind: equal requests have equal keys.
    pub key: String,
    /// Which job of an equal request is joined.
    pub joins: Joins,
    /// What the worker needs to know, as JSON.
    pub input: String,
    /// Where the result will be found, a path of the API.
    pub result_url: String,
    /// What the first watchers see.
    pub progress: Progress,
}

/// Whether a request joins the job of an equal one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joins {
    /// Unless that job failed: what it made is there for as long as the job is kept.
    UnlessFailed,
    /// Only while it waits or is at work: afterwards the same request asks for a new one.
    WhileActive,
}

impl Joins {
    const fn joins(self, status: Status) -> bool {
        match self {
            Self::UnlessFailed => !matches!(status, Status::Failed),
            Self::WhileActive => !status.has_ended(),
        }
    }
}

/// The job that does what was asked for.
#[derive(Clone, Debug)]
pub enum Started {
    /// The one that was asked for, started now or by an attempt before this; it has to be brought to its worker.
    New(Job),
    /// One that an equal request started before.
    Joined(Job),
}

/// Why no job was started or joined.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The account was closed.
    #[error("the account was closed")]
    AccountClosed,
    /// The database did not answer as it should.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<StartError> for Problem {
    fn from(error: StartError) -> Self {
        match error {
            StartError::AccountClosed => Self::unauthenticated(),
            StartError::Store(error) => error.into(),
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct KeyItem {
    job_id: String,
}

/// Where the write of the job stands among our own writes, behind that of the key, and where the condition that
/// the account is open, if the job has an account. The parts come behind all of ours.
const JOB: usize = 1;
const OPEN: usize = 2;

/// Why a start was refused.
enum Refusal {
    /// The account was closed.
    Closed,
    /// The job itself is there.
    There,
    /// Another job has the key.
    Taken,
    /// Conditions of the parts did not hold.
    Parts(Cancelled),
}

impl Refusal {
    /// What `cancelled` says, whose first `own` writes are ours. The key comes before the parts: whoever joins
    /// needs no credit.
    fn of(cancelled: Cancelled, own: usize) -> Self {
        let mut ours = cancelled.failed;
        let failed = ours.split_off(own.min(ours.len()));
        if ours.get(OPEN).is_some_and(Option::is_some) {
            Self::Closed
        } else if ours.get(JOB).is_some_and(Option::is_some) {
            Self::There
        } else if ours.iter().any(Option::is_some) {
            Self::Taken
        } else {
            Self::Parts(Cancelled { failed })
        }
    }
}

impl Jobs {
    /// Starts the job, or joins the one of an equal request, as `new.joins` says. A job of its id that is there
    /// already is the answer whatever has become of it.
    ///
    /// # Errors
    /// [`StartError`].
    pub async fn start(&self, new: NewJob) -> Result<Started, StartError> {
        let started = self.start_with(new, Vec::new()).await?;
        started.map_err(|_| {
            StartError::Store(StoreError::Unavailable {
                operation: "TransactWriteItems",
                table: self.table.name().to_owned(),
                source: "a job's own writes were refused".into(),
            })
        })
    }

    /// Starts the job together with the domain's own `parts`, such as the use of a credit: all or nothing.
    /// A request that joins an equal one writes none of them, so that ten clicks at once take one credit.
    /// `Err(Cancelled)` tells which of the parts' conditions did not hold, by their index; no job was started.
    ///
    /// What the parts take is given back by whoever ends the job as failed ([`crate::Lease::fail_with`]).
    ///
    /// # Errors
    /// [`StartError`].
    pub async fn start_with(
        &self,
        new: NewJob,
        parts: Vec<TransactWriteItem>,
    ) -> Result<Result<Started, Cancelled>, StartError> {
        let job = job_of(&new, self.table.clock().now());
        let key = Key::new(format!("KEY#{}#{}", new.kind, new.key), "KEY");
        let mut replaces: Option<String> = None;
        loop {
            match self.put_job(&key, &job, replaces.as_deref(), &parts).await? {
                Ok(()) => return Ok(Ok(Started::New(job))),
                Err(Refusal::Closed) => return Err(StartError::AccountClosed),
                Err(Refusal::Parts(cancelled)) => return Ok(Err(cancelled)),
                // Of an attempt before this, or the first answer of our own write was lost.
                Err(Refusal::There) => match self.find(&job.id).await? {
                    Some(found) => return Ok(Ok(Started::New(found))),
                    // Erased meanwhile: the account is closed.
                    None => continue,
                },
                Err(Refusal::Taken) => {}
            }
            let Some(KeyItem { job_id }) = self.table.get(&key, true).await? else {
                // Expired between the two calls: nothing is left to be replaced.
                replaces = None;
                continue;
            };
            match self.find(&job_id).await? {
                Some(found) if new.joins.joins(found.status) => return Ok(Ok(Started::Joined(found))),
                _ => replaces = Some(job_id),
            }
        }
    }

    /// Writes key, job and parts together, if no job has the key, or the ended one that is to be replaced, and if
    /// the account, where there is one, is open.
    async fn put_job(
        &self,
        key: &Key,
        job: &Job,
        replaces: Option<&str>,
        parts: &[TransactWriteItem],
    ) -> Result<Result<(), Refusal>, StoreError> {
        let key_item = KeyItem { job_id: job.id.clone() };
        let mut key_put = self.table.transact_put(key, &key_item)?.item("expiresAt", expiry(job.created_at));
        key_put = match replaces {
            None => key_put.condition_expression("attribute_not_exists(pk)"),
            Some(ended) => key_put
                .condition_expression("jobId = :ended")
                .expression_attribute_values(":ended", text(ended)),
        };
        let job_put =
            self.table.transact_put(&job_key(&job.id), job)?.item("expiresAt", expiry(job.created_at));
        let job_put =
            due::soon(job_put, &job.id, job.created_at).condition_expression("attribute_not_exists(pk)");
        let mut writes = vec![self.table.part(key_put.build())?, self.table.part(job_put.build())?];
        if let Some(account) = &job.account {
            writes.extend(account::parts(&self.table, account, job, key)?);
        }
        let own = writes.len();
        writes.extend_from_slice(parts);
        Ok(self.table.transact(writes).await?.map_err(|cancelled| Refusal::of(cancelled, own)))
    }
}

/// When a job that was asked for at `created_at`, and what names it, is forgotten.
pub(crate) fn expiry(created_at: Timestamp) -> aws_sdk_dynamodb::types::AttributeValue {
    integer(created_at.as_second() + KEPT)
}

fn job_of(new: &NewJob, now: Timestamp) -> Job {
    Job {
        id: new.id.clone(),
        kind: new.kind.to_owned(),
        account: new.account.clone(),
        stream_token: stream_token::new(),
        input: new.input.clone(),
        result_url: new.result_url.clone(),
        status: Status::Queued,
        epoch: 0,
        attempts: 0,
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
