//! What taking in a photo to be looked at touches.

use maru_jobs::Jobs;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_messages::Queue;

use crate::store::Store;

/// What taking in a photo to be looked at touches.
#[derive(Clone, Debug)]
pub struct Intake {
    /// The community table.
    pub store: Store,
    /// The jobs.
    pub jobs: Jobs,
    /// Photos to be looked at, for `on_verification_requested`.
    pub queue: Queue,
    /// Where the log of a job can be watched.
    pub stream_url: String,
}

impl FromEnvironment for Intake {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self {
            store: Store::from_environment(environment)?,
            jobs: Jobs::from_environment(environment)?,
            queue: Queue::open(environment, "MISSION_QUEUE_URL")?,
            stream_url: environment.require("STREAM_URL")?.to_owned(),
        })
    }
}
