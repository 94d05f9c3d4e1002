//! How an invocation fails.

use std::sync::Arc;
use std::time::Duration;

use maru_lambda::{ConfigurationError, InvokeError, logs};

/// An invocation that gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum InvocationError {
    /// No function of the template and of the given lists has this name.
    #[error("no function is called {name:?}; there are {known}")]
    Unknown {
        /// The name asked for.
        name: String,
        /// The names there are.
        known: String,
    },
    /// The function cannot start: a variable is missing or wrong.
    #[error("the function cannot start")]
    Configuration(#[source] Arc<ConfigurationError>),
    /// All of its reserved concurrency is in use.
    #[error("all {0} reserved concurrent executions are in use")]
    Throttled(u32),
    /// The function gave up.
    #[error("the function failed")]
    Failed(#[source] InvokeError),
    /// It took longer than its timeout.
    #[error("timed out after {0:?}")]
    TimedOut(Duration),
    /// It was stopped from outside: a crash on demand, or the end of the stack.
    #[error("killed")]
    Killed,
    /// It panicked.
    #[error("panicked: {0}")]
    Panicked(String),
}

impl InvocationError {
    /// The error with all its causes, in one line.
    #[must_use]
    pub fn chain(&self) -> String {
        logs::chain(self)
    }
}
