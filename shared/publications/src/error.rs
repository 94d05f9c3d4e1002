//! What can go wrong with publications.

use maru_document::DocumentError;
use maru_lambda::Problem;
use maru_store::StoreError;

/// What can go wrong with publications.
#[derive(Debug, thiserror::Error)]
pub enum PublicationError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A document that breaks its bounds, or a stored one that cannot be read.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// It was written again each time that it was read; to be tried again.
    #[error("the publication changed while it was read, several times")]
    Restless,
}

impl From<PublicationError> for Problem {
    fn from(error: PublicationError) -> Self {
        match error {
            PublicationError::Store(error) => error.into(),
            PublicationError::Document(_) => Self::internal(error),
            PublicationError::Restless => Self::unavailable(error),
        }
    }
}
