//! What can go wrong in the hub, and the problem that each becomes.

use maru_lambda::Problem;
use maru_messages::SendError;
use maru_publications::PublicationError;
use maru_store::{LimitError, StoreError};

use crate::likes::MOST_LIKES;

/// What can go wrong in the hub.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not there, not public, or not the caller's.
    #[error("not there, not public, or not the caller's")]
    NotFound,
    /// The caller's account was closed; the access token lives a few minutes longer.
    #[error("the account is closed")]
    Closed,
    /// The caller likes as many resumes as one account may.
    #[error("the account likes {MOST_LIKES} resumes")]
    TooManyLikes,
    /// The same resume was listed anew each time that this was about to list it; to be tried again.
    #[error("the resume was listed anew at the same moment, several times")]
    Restless,
    /// The caller comments too often.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What is public could not be read.
    #[error(transparent)]
    Publication(#[from] PublicationError),
    /// A message that may not have been sent.
    #[error(transparent)]
    Send(#[from] SendError),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::not_found(),
            Error::Closed => Self::unauthenticated(),
            Error::TooManyLikes => {
                let detail = format!("An account can like {MOST_LIKES} resumes; take a like back first.");
                Self::conflict("too_many_likes", detail)
            }
            Error::Restless => Self::unavailable(error),
            Error::Limit(error) => error.into(),
            Error::Store(error) => error.into(),
            Error::Publication(error) => error.into(),
            Error::Send(error) => error.into(),
        }
    }
}
