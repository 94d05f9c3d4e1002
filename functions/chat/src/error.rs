//! What can go wrong in chat, and the problem that each becomes.

use http::StatusCode;
use maru_kma::KmaError;
use maru_lambda::Problem;
use maru_messages::SendError;
use maru_store::{LimitError, StoreError};

use crate::rooms::Refusal;

/// What can go wrong in chat.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not there, or not the caller's.
    #[error("not there, or not the caller's")]
    NotFound,
    /// The weather service did not say which warnings there are. Nothing is changed.
    #[error("the warnings could not be read")]
    Kma(#[from] KmaError),
    /// The log of warnings is empty, and the service does not say that there are none. Nothing is changed.
    #[error("the log of warnings is empty, but the service does not say that none is in force")]
    Contradiction,
    /// The alerts of a province were changed at the same moment, several times.
    #[error("the alerts were changed at the same moment, several times")]
    Restless,
    /// What is asked for in a room is refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The caller sends too often.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A message that may not have been sent.
    #[error(transparent)]
    Send(#[from] SendError),
}

impl Error {
    /// Whether it is the client's to do something about it; else it is for the log.
    #[must_use]
    pub const fn is_the_clients(&self) -> bool {
        matches!(self, Self::NotFound | Self::Refused(_) | Self::Limit(LimitError::Reached { .. }))
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::not_found(),
            Error::Kma(_) | Error::Contradiction | Error::Restless => Self::unavailable(error),
            Error::Refused(Refusal::AccountClosed) => Self::unauthenticated(),
            Error::Refused(Refusal::TooManyConnections) => Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                Refusal::TooManyConnections.code(),
                Refusal::TooManyConnections.to_string(),
            ),
            Error::Refused(refusal) => Self::conflict(refusal.code(), refusal.to_string()),
            Error::Limit(error) => error.into(),
            Error::Store(error) => error.into(),
            Error::Send(error) => error.into(),
        }
    }
}
