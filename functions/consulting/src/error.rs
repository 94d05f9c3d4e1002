//! What can go wrong in consulting, and the problem that each becomes.

use http::StatusCode;
use maru_lambda::http::problem::FieldError;
use maru_lambda::{BoxError, Problem};
use maru_messages::SendError;
use maru_store::StoreError;

use crate::dashboard::DashboardError;
use crate::published::PartError;

/// What can go wrong in consulting.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No night has been published yet.
    #[error("no generation has been published")]
    NothingPublished,
    /// The dashboard was asked for something it does not have.
    #[error(transparent)]
    Dashboard(#[from] DashboardError),
    /// A stored part is damaged.
    #[error(transparent)]
    Part(#[from] PartError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A job that was not started.
    #[error(transparent)]
    Start(#[from] maru_jobs::StartError),
    /// A message that may not have been sent.
    #[error(transparent)]
    Send(#[from] SendError),
    /// A run was asked for a day that is not over.
    #[error("a run needs a day that is over")]
    DayNotOver,
    /// Files of a run.
    #[error("a file of a run could not be stored or read")]
    Files(#[source] BoxError),
    /// Something that cannot be written as JSON.
    #[error("something could not be written or read as JSON")]
    Json(#[from] serde_json::Error),
    /// Another run was published at the same moment; to be tried again.
    #[error("another run was published at the same moment")]
    Overtaken,
    /// The report's writer.
    #[error(transparent)]
    Report(#[from] maru_model::AskError),
    /// Another worker does this by now; nothing was written.
    #[error(transparent)]
    Lease(#[from] maru_jobs::LeaseError),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NothingPublished => Self::new(
                StatusCode::NOT_FOUND,
                "nothing_published",
                "The numbers are made every night; the first night has not been yet.",
            ),
            Error::Dashboard(error) => dashboard(error),
            Error::Store(error) => error.into(),
            Error::Start(error) => error.into(),
            Error::Send(error) => error.into(),
            Error::DayNotOver => {
                Self::bad_request("day_not_over", "A run counts a whole day: choose one before today.")
                    .with_errors(vec![FieldError {
                        pointer: "/day".to_owned(),
                        message: "must be before today".to_owned(),
                    }])
            }
            Error::Files(error) => Self::unavailable(error),
            Error::Part(_) | Error::Json(_) | Error::Lease(_) | Error::Overtaken | Error::Report(_) => {
                Self::internal(error)
            }
        }
    }
}

fn dashboard(error: DashboardError) -> Problem {
    let message = error.to_string();
    let field = |pointer: &str| vec![FieldError { pointer: pointer.to_owned(), message: message.clone() }];
    match error {
        DashboardError::InvalidRange { .. } => {
            Problem::bad_request("invalid_range", "The range ends before it begins.")
                .with_errors(field("/from"))
        }
        DashboardError::RangeTooLong { .. } => {
            Problem::bad_request("range_too_long", "The range is too long.").with_errors(field("/from"))
        }
        DashboardError::LectureNotFound { .. } => Problem::not_found(),
        DashboardError::RevenueOverflow => Problem::internal(error),
    }
}
