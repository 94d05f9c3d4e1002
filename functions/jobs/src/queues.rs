//! Which queue brings a job of which kind to its workers.

use std::collections::BTreeMap;

use maru_lambda::{BoxError, ConfigurationError, Environment, FromEnvironment};
use maru_messages::Queue;

/// The queues by the kind of job, from `JOB_QUEUES`: `<kind>=<queue url>` with commas between.
#[derive(Clone, Debug)]
pub struct JobQueues(BTreeMap<String, Queue>);

impl FromEnvironment for JobQueues {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let name = "JOB_QUEUES";
        let invalid = |reason: BoxError| ConfigurationError::Invalid { name: name.to_owned(), reason };
        let mut queues = BTreeMap::new();
        for pair in environment.require(name)?.split(',') {
            let (kind, url) =
                pair.split_once('=').ok_or_else(|| invalid(format!("{pair} has no =").into()))?;
            queues.insert(kind.trim().to_owned(), Queue::at(environment, url.trim()));
        }
        Ok(Self(queues))
    }
}

impl JobQueues {
    /// The queue of the workers of a kind of job.
    #[must_use]
    pub fn of(&self, kind: &str) -> Option<&Queue> {
        self.0.get(kind)
    }
}
