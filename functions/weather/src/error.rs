//! What can go wrong in the weather domain, and the problem that each becomes.

use http::{StatusCode, header};
use maru_jobs::{LeaseError, StartError};
use maru_lambda::{FieldError, Problem};
use maru_model::AskError;
use maru_store::{LimitError, StoreError};

/// What can go wrong in the weather domain.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The member has not answered the survey.
    #[error("there is no survey")]
    NoSurvey,
    /// The place is none that the weather service knows of.
    #[error("the place is outside of the grid")]
    OutsideGrid,
    /// Nothing is known of the cell, and the weather service does not answer.
    #[error("nothing is known of the cell, and the weather service does not answer")]
    NothingKnown {
        /// When to try again, in seconds.
        retry_after: u64,
    },
    /// Too many cells were fetched for the address.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// The member closed the account.
    #[error("the member is gone")]
    MemberGone,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A job that could not be started.
    #[error(transparent)]
    Start(#[from] StartError),
    /// Something that cannot be written or read as JSON.
    #[error("something could not be written or read as JSON")]
    Json(#[from] serde_json::Error),
    /// Another worker does this by now; nothing was written.
    #[error(transparent)]
    Lease(#[from] LeaseError),
    /// The model.
    #[error(transparent)]
    Ask(#[from] AskError),
}

const OUTSIDE_GRID: &str = "The Korean weather service has no weather for this place.";
const WEATHER_UNAVAILABLE: &str = "The Korean weather service does not answer.";

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NoSurvey => Self::not_found(),
            Error::OutsideGrid => outside_grid(),
            Error::NothingKnown { retry_after } => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "weather_unavailable", WEATHER_UNAVAILABLE)
                    .with_header(header::RETRY_AFTER, retry_after.to_string())
            }
            Error::Limit(error) => error.into(),
            Error::MemberGone => Self::unauthenticated(),
            Error::Store(error) => error.into(),
            Error::Start(error) => error.into(),
            Error::Json(_) | Error::Lease(_) | Error::Ask(_) => Self::internal(error),
        }
    }
}

fn outside_grid() -> Problem {
    let wrong = |pointer: &str| FieldError { pointer: pointer.to_owned(), message: OUTSIDE_GRID.to_owned() };
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "outside_grid", OUTSIDE_GRID)
        .with_errors(vec![wrong("/lat"), wrong("/lon")])
}
