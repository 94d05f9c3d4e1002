//! Jobs: work that a request starts and a worker does, once, with a log that can be watched.
//!
//! The items of a job share the partition `JOB#<id>` of the jobs table:
//!
//! | sk | what | written by |
//! |---|---|---|
//! | `JOB` | the job: state, lease, progress, result, usage | [`Jobs::start`], then only the lease's holder |
//! | `EVENT#<n>` | the n-th event of the log, from 1 on, without gaps | the holder |
//! | `STEP#<name>` | what a finished step gave | the holder |
//! | `CALL#<step>#<attempt>#<epoch>` | one call of a model | the holder, through `maru-model` |
//!
//! | other access | key |
//! |---|---|
//! | the job of a logical request | `pk = KEY#<kind>#<key>, sk = KEY` |
//! | the jobs of an account, and the key of each | `pk = ACCOUNT#<account>, sk = JOB#<id>` |
//! | jobs that somebody must look after by some time | index `byDue`: `duePartition = DUE#<0–7>`, `dueAt` |
//! | tokens of an account per day and feature | `pk = USAGE#<account>, sk = <day>[#<feature>]` |
//! | those of all guests, in sixteen shares by the id of the job | `pk = USAGE#guests-<0–15>, sk = <day>[#<feature>]` |
//! | those of other jobs without an account, by what pays for them | `pk = USAGE#<fund>-<0–15>, sk = <day>[#<feature>]` |
//! | that an account was closed, and what was erased | `pk = ERASURE#<account>, sk = RECORD` |
//!
//! Each write of a worker carries the epoch of its lease in its condition, so that a worker whose lease was
//! taken over can change nothing any more. A job that was erased has no epoch: its worker is refused the same way.
#![warn(missing_docs)]

mod account;
mod acquire;
mod due;
mod ending;
mod erasure;
mod event;
mod hand_over;
mod job;
mod lease;
mod start;
mod stream_token;

pub use acquire::{Acquired, MOST_ATTEMPTS};
pub use due::DueJob;
pub use event::{EventKind, LogEvent, NewEvent};
pub use hand_over::hand_over;
pub use job::{Failure, Job, JobLink, JobRequested, JobView, Progress, Status, Usage};
pub use lease::{Lease, LeaseError};
pub use start::{Joins, NewJob, StartError, Started};

use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_store::{Key, StoreError, Table};

/// The jobs table.
#[derive(Clone, Debug)]
pub struct Jobs {
    table: Table,
}

impl FromEnvironment for Jobs {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self { table: Table::open(environment, "JOBS_TABLE")? })
    }
}

impl Jobs {
    /// The table, for what belongs to a job but is owned by another crate.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The job with this id, as every answered write left it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn find(&self, id: &str) -> Result<Option<Job>, StoreError> {
        self.table.get(&job_key(id), true).await
    }
}

pub(crate) fn job_key(id: &str) -> Key {
    Key::new(format!("JOB#{id}"), "JOB")
}
