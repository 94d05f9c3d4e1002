//! What can go wrong between a function and its table.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use maru_lambda::{BoxError, Problem};

/// A call of the database that gave no answer, or one that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database is overloaded, unreachable or failing; the same call may work a moment later.
    #[error("the database did not carry out {operation} on {table}")]
    Unavailable {
        /// Which operation.
        operation: &'static str,
        /// On which table.
        table: String,
        /// What the client says.
        #[source]
        source: BoxError,
    },
    /// The database refuses the call as wrong: a mistake of ours.
    #[error("the database refused {operation} on {table}")]
    Refused {
        /// Which operation.
        operation: &'static str,
        /// On which table.
        table: String,
        /// What the client says.
        #[source]
        source: BoxError,
    },
    /// An item that is not what this version of the code writes.
    #[error("an item of {table} could not be read or written")]
    Item {
        /// On which table.
        table: String,
        /// What does not fit.
        #[source]
        source: serde_dynamo::Error,
    },
}

/// Codes of refusals that are not about the call itself but about the moment.
const PASSING: [&str; 7] = [
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "ThrottlingException",
    "InternalServerError",
    "ServiceUnavailable",
    "TransactionConflictException",
    "TransactionInProgressException",
];

impl StoreError {
    pub(crate) fn from_sdk<E>(operation: &'static str, table: &str, error: SdkError<E>) -> Self
    where
        E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    {
        let table = table.to_owned();
        let refused = error
            .as_service_error()
            .and_then(ProvideErrorMetadata::code)
            .is_some_and(|code| !PASSING.contains(&code));
        let source = Box::new(error);
        if refused {
            Self::Refused { operation, table, source }
        } else {
            Self::Unavailable { operation, table, source }
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable { .. } => Self::unavailable(error),
            StoreError::Refused { .. } | StoreError::Item { .. } => Self::internal(error),
        }
    }
}
