//! What can go wrong with notifications, and the problem that each becomes.

use maru_lambda::Problem;
use maru_store::StoreError;

/// What can go wrong with notifications.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not there, or not the caller's.
    #[error("not there, or not the caller's")]
    NotFound,
    /// Others wrote to the same inbox each time; to be tried again.
    #[error("others wrote to the same inbox at the same moment, several times")]
    Restless,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::not_found(),
            Error::Restless => Self::unavailable(error),
            Error::Store(error) => error.into(),
        }
    }
}
