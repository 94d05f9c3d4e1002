//! A function that another function calls and waits for: Lambda's synchronous invocation.
//!
//! Only for work that has to run on its own, such as one that needs much memory or keeps a large library
//! loaded; domains otherwise meet through events, queues and tables. The one called is started with
//! `start.invoke` and decodes what [`Callee::call`] sends. The caller needs `lambda:InvokeFunction` on it.
#![warn(missing_docs)]

use aws_sdk_lambda::Client;
use aws_sdk_lambda::error::SdkError;
use aws_sdk_lambda::operation::invoke::InvokeError;
use aws_sdk_lambda::primitives::Blob;
use maru_lambda::{BoxError, ConfigurationError, Environment, Invocation, Invoked, OnFirstUse, Problem};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A function to call.
#[derive(Clone, Debug)]
pub struct Callee {
    client: OnFirstUse<Client>,
    function: String,
}

/// A call that gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The function could not be reached, or not be started: too many calls at once, no connection. It may
    /// have run.
    #[error("{function} could not be called")]
    Unavailable {
        /// The function's name.
        function: String,
        /// What the client says.
        #[source]
        source: BoxError,
    },
    /// Lambda refuses the call as wrong: no such function, no permission, too much data.
    #[error("the call of {function} was refused")]
    Refused {
        /// The function's name.
        function: String,
        /// What the client says.
        #[source]
        source: BoxError,
    },
    /// The function failed, or ran out of time or memory.
    #[error("{function} failed: {error}")]
    Failed {
        /// The function's name.
        function: String,
        /// What it said of it.
        error: String,
    },
    /// What was sent or answered is not of the form that the other side expects.
    #[error("the request or the answer of {function} cannot be written or read")]
    Form {
        /// The function's name.
        function: String,
        /// What does not fit.
        #[source]
        source: serde_json::Error,
    },
}

impl Callee {
    /// The function whose name is in the environment variable `variable`.
    ///
    /// # Errors
    /// [`ConfigurationError`] when the variable is not set.
    pub fn open(environment: &Environment, variable: &str) -> Result<Self, ConfigurationError> {
        let function = environment.require(variable)?.to_owned();
        Ok(Self { client: environment.client(Client::new), function })
    }

    /// Calls the function with `data` and waits for its answer, as long as it may run. Request and answer
    /// have at most 6 MB each (Lambda quotas). The trace goes along.
    ///
    /// # Errors
    /// [`CallError`]. The function may have run all the same, so it must bear being called again.
    pub async fn call<T: Serialize, R: DeserializeOwned>(&self, data: T) -> Result<R, CallError> {
        let traceparent = Invocation::current().map(|invocation| invocation.traceparent);
        let request = serde_json::to_vec(&Invoked { traceparent, data }).map_err(|error| self.form(error))?;
        let call = self.client.invoke().function_name(&self.function).payload(Blob::new(request));
        let answer = call.send().await.map_err(|error| self.unanswered(error))?;
        let payload = answer.payload.map(Blob::into_inner).unwrap_or_default();
        if answer.function_error.is_some() {
            let error = String::from_utf8_lossy(&payload).into_owned();
            return Err(CallError::Failed { function: self.function.clone(), error });
        }
        serde_json::from_slice(&payload).map_err(|error| self.form(error))
    }

    fn unanswered(&self, error: SdkError<InvokeError>) -> CallError {
        let status = error.raw_response().map(|response| response.status().as_u16());
        let (function, source) = (self.function.clone(), error.into());
        match status {
            Some(400..=428 | 430..=499) => CallError::Refused { function, source },
            _ => CallError::Unavailable { function, source },
        }
    }

    fn form(&self, source: serde_json::Error) -> CallError {
        CallError::Form { function: self.function.clone(), source }
    }
}

impl From<CallError> for Problem {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Unavailable { .. } => Self::unavailable(error),
            CallError::Refused { .. } | CallError::Failed { .. } | CallError::Form { .. } => {
                Self::internal(error)
            }
        }
    }
}
