//! Starting a job that takes a credit: both or neither, once for equal requests.

use http::StatusCode;
use jiff::Timestamp;
use jiff::civil::Date;
use maru_credits::{CreditStore, Refusal, Taking};
use maru_jobs::{Job, Jobs, NewJob, StartError};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, Reply};
use maru_messages::Queue;
use maru_store::{Attempt, Cancelled};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::store::Store;

/// What starting a job touches.
#[derive(Clone, Debug)]
pub struct Submissions {
    store: Store,
    credits: CreditStore,
    jobs: Jobs,
    /// Where the log of a job can be watched.
    stream_url: String,
}

impl FromEnvironment for Submissions {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self {
            store: Store::from_environment(environment)?,
            credits: CreditStore::from_environment(environment)?,
            jobs: Jobs::from_environment(environment)?,
            stream_url: environment.require("STREAM_URL")?.to_owned(),
        })
    }
}

impl Submissions {
    /// The resume table.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The answer for the job that a request before this one started in the same `attempt`, if one did. It takes
    /// nothing and asks nothing more: what it was started from may have changed.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn submitted(&self, attempt: &Attempt, queue: &Queue) -> Result<Option<Reply>, Error> {
        Ok(self.jobs.started_by(attempt, queue).await?.map(|job| self.answer(&job)))
    }

    /// Starts the job that `new` makes of the day whose credit it takes, and sends it to `queue`; a request that
    /// joins an equal one takes none. The answer is 202 with where to watch the job.
    ///
    /// # Errors
    /// [`Error::CreditsExhausted`], [`Error::MemberGone`], [`Error::Overtaken`].
    pub async fn submit(
        &self,
        (member, now): (&str, Timestamp),
        queue: &Queue,
        new: impl FnOnce(Date) -> Result<NewJob, Error>,
    ) -> Result<Reply, Error> {
        let taking = self.credits.take(member, now).await?;
        let mut parts = taking.parts.clone();
        parts.push(self.store.still_here(member)?);
        match self.jobs.start_with(new(taking.day)?, parts).await {
            Ok(Ok(started)) => Ok(self.answer(&started.brought_to(queue).await)),
            Ok(Err(cancelled)) => Err(self.refusal((member, now), &taking, &cancelled).await?),
            Err(StartError::AccountClosed) => Err(Error::MemberGone),
            Err(StartError::Store(error)) => Err(error.into()),
        }
    }

    /// Why the parts of `taking`, with the condition behind them that the member is here, were refused.
    async fn refusal(
        &self,
        (member, now): (&str, Timestamp),
        taking: &Taking,
        cancelled: &Cancelled,
    ) -> Result<Error, Error> {
        if cancelled.failed_at(taking.parts.len()) {
            return Ok(Error::MemberGone);
        }
        Ok(match self.credits.refusal(member, now, cancelled).await? {
            Refusal::Exhausted(credits) => Error::CreditsExhausted { credits, now },
            Refusal::Overtaken => Error::Overtaken,
        })
    }

    fn answer(&self, job: &Job) -> Reply {
        Reply::json(StatusCode::ACCEPTED, &job.link(&self.stream_url))
    }
}

/// The id of the job that `attempt` starts.
#[must_use]
pub fn job_id(attempt: &Attempt) -> String {
    attempt.id("job")
}

/// The key of what `member` asks for: equal for equal requests.
///
/// # Errors
/// [`Error::Json`], never in practice.
pub fn request_key(member: &str, asked: &impl Serialize) -> Result<String, Error> {
    let digest = Sha256::digest(serde_json::to_vec(asked)?);
    let hash: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("{member}#{hash}"))
}
