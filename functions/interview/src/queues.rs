//! The queues that this domain sends to.

use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_messages::Queue;

/// Interviews to be generated, for `on_interview_requested`.
#[derive(Clone, Debug)]
pub struct InterviewQueue(pub Queue);

/// Generated interviews to be saved, for `on_interview_generated`.
#[derive(Clone, Debug)]
pub struct HistoryQueue(pub Queue);

/// Answers to be graded, for `on_feedback_requested`.
#[derive(Clone, Debug)]
pub struct FeedbackQueue(pub Queue);

impl FromEnvironment for InterviewQueue {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self(Queue::open(environment, "INTERVIEW_QUEUE_URL")?))
    }
}

impl FromEnvironment for HistoryQueue {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self(Queue::open(environment, "HISTORY_QUEUE_URL")?))
    }
}

impl FromEnvironment for FeedbackQueue {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self(Queue::open(environment, "FEEDBACK_QUEUE_URL")?))
    }
}
