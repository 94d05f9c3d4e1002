//! What can go wrong while a resume is printed. Each fails the call; the caller may call again.

use maru_lambda::BoxError;

use crate::RenderError;

/// What can go wrong in printing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The order names a file that is not one of this domain's.
    #[error("the key is not one of pdf/<resume>/<hash>.pdf")]
    Key,
    /// The resume cannot be set.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// Setting stopped in the middle.
    #[error("rendering stopped")]
    Stopped(#[from] tokio::task::JoinError),
    /// The file may not have been stored.
    #[error("the file could not be stored")]
    Files(#[source] BoxError),
}
