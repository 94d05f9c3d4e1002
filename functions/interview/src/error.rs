//! What can go wrong in the interview domain, and the problem that each becomes.

use http::{StatusCode, header};
use interview_rules::request::NotText;
use maru_jobs::LeaseError;
use maru_lambda::{FieldError, Problem};
use maru_messages::SendError;
use maru_model::AskError;
use maru_store::{LimitError, StoreError};

/// What can go wrong in the interview domain.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such interview or question, or it is another member's.
    #[error("there is no such interview or question")]
    NotFound,
    /// The interview was generated, and is about to be saved.
    #[error("the interview is not saved yet")]
    NotSavedYet,
    /// A section that is no text.
    #[error(transparent)]
    NotText(#[from] NotText),
    /// An answer to a question that the interview does not have.
    #[error("the interview has no such question")]
    UnknownQuestion {
        /// Which of the answers, from 0 on.
        place: usize,
    },
    /// Another request was accepted a moment ago, or a guest's requests of the day are used up.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// The member closed the account.
    #[error("the member is gone")]
    MemberGone,
    /// Something else changed at the same moment; to be tried again.
    #[error("something changed at the same moment")]
    Overtaken,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A message that may not have been sent.
    #[error(transparent)]
    Send(#[from] SendError),
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

const NOT_SAVED_YET: &str = "The interview is about to be saved. Try again in a moment.";
const NOT_TEXT: &str = "This is not a text with words to ask about.";
const UNKNOWN_QUESTION: &str = "The interview has no such question.";

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::not_found(),
            Error::NotSavedYet => not_saved_yet(),
            Error::NotText(error) => wrong(NotText::CODE, NOT_TEXT, error.pointer()),
            Error::UnknownQuestion { place } => {
                wrong("unknown_question", UNKNOWN_QUESTION, format!("/answers/{place}/questionId"))
            }
            Error::Limit(error) => error.into(),
            Error::MemberGone => Self::unauthenticated(),
            Error::Overtaken => Self::unavailable(error),
            Error::Store(error) => error.into(),
            Error::Send(error) => error.into(),
            Error::Json(_) | Error::Lease(_) | Error::Ask(_) => Self::internal(error),
        }
    }
}

fn wrong(code: &'static str, detail: &str, pointer: String) -> Problem {
    Problem::bad_request(code, detail).with_errors(vec![FieldError { pointer, message: detail.to_owned() }])
}

/// To be tried again in a moment; a server error, which no `Idempotency-Key` keeps.
fn not_saved_yet() -> Problem {
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not_saved_yet", NOT_SAVED_YET)
        .with_header(header::RETRY_AFTER, "1")
}
