//! The queues that this domain sends to.

use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_messages::Queue;

/// Resumes to be written, for `on_resume_requested`.
#[derive(Clone, Debug)]
pub struct ResumeQueue(pub Queue);

/// Edits to be proposed, for `on_edit_requested`.
#[derive(Clone, Debug)]
pub struct EditQueue(pub Queue);

impl FromEnvironment for ResumeQueue {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self(Queue::open(environment, "RESUME_QUEUE_URL")?))
    }
}

impl FromEnvironment for EditQueue {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self(Queue::open(environment, "EDIT_QUEUE_URL")?))
    }
}
