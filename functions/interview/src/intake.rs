//! Taking in requests: each starts one job, however often it is made.

use http::StatusCode;
use maru_jobs::{Job, Jobs, NewJob, StartError};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, Reply};
use maru_messages::Queue;
use maru_store::Attempt;

use crate::asker::Asker;
use crate::error::Error;
use crate::interview::job_of;
use crate::pace::{self, Refusal};
use crate::store::Store;

/// What taking in a request touches.
#[derive(Clone, Debug)]
pub struct Intake {
    store: Store,
    jobs: Jobs,
    /// Where the log of a job can be watched.
    stream_url: String,
}

impl FromEnvironment for Intake {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self {
            store: Store::from_environment(environment)?,
            jobs: Jobs::from_environment(environment)?,
            stream_url: environment.require("STREAM_URL")?.to_owned(),
        })
    }
}

impl Intake {
    /// The interview table.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The answer for the job that a request before this one started in the same `attempt`, if one did.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn started(&self, attempt: &Attempt, queue: &Queue) -> Result<Option<Reply>, Error> {
        Ok(self.jobs.started_by(attempt, queue).await?.map(|job| self.answer(&job)))
    }

    /// Starts the job `new` unless `asker` has to wait, and sends it to `queue`. The same request within the pause,
    /// or while its job is at work, joins that job. The answer is 202 with where to watch the job.
    ///
    /// # Errors
    /// [`Error::Limit`], [`Error::MemberGone`], [`Error::Overtaken`].
    pub async fn start_paced(&self, asker: &Asker, queue: &Queue, new: NewJob) -> Result<Reply, Error> {
        let table = self.store.table();
        let (key, now) = (new.key.clone(), table.clock().now());
        let parts = pace::parts(table, asker, now, (&key, &new.id))?;
        let cancelled = match self.jobs.start_with(new, parts).await {
            Ok(Ok(started)) => return Ok(self.answer(&started.brought_to(queue).await)),
            Ok(Err(cancelled)) => cancelled,
            Err(error) => return Err(refused(error)),
        };
        match pace::refusal(table, asker, now, (&key, cancelled))? {
            Refusal::SameAs(job) => match self.jobs.find(&job).await? {
                Some(job) => Ok(self.answer(&job)),
                // Erased with its account.
                None => Err(Error::Overtaken),
            },
            Refusal::Limit(limit) => Err(limit.into()),
            Refusal::MemberGone => Err(Error::MemberGone),
        }
    }

    /// Starts the job `new`, and sends it to `queue`; an equal request joins it while it is at work.
    ///
    /// # Errors
    /// [`Error::MemberGone`], [`Error::Store`].
    pub async fn start(&self, queue: &Queue, new: NewJob) -> Result<Reply, Error> {
        let started = self.jobs.start(new).await.map_err(refused)?;
        Ok(self.answer(&started.brought_to(queue).await))
    }

    /// Why `member` has no interview `id`: there is none, or it was generated and is about to be saved.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn missing(&self, member: &str, id: &str) -> Result<Error, Error> {
        let Some(job) = self.jobs.find(&job_of(id)).await? else { return Ok(Error::NotFound) };
        let generated = job.account.as_deref() == Some(member) && job.result.is_some();
        let is_awaited = generated && !self.store.is_deleted(member, id).await?;
        Ok(if is_awaited { Error::NotSavedYet } else { Error::NotFound })
    }

    fn answer(&self, job: &Job) -> Reply {
        Reply::json(StatusCode::ACCEPTED, &job.link(&self.stream_url))
    }
}

fn refused(error: StartError) -> Error {
    match error {
        StartError::AccountClosed => Error::MemberGone,
        StartError::Store(error) => Error::Store(error),
    }
}
