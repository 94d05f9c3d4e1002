//! What can go wrong in the resume domain, and the problem that each becomes.

use http::{HeaderName, StatusCode, header};
use jiff::Timestamp;
use maru_credits::Credits;
use maru_document::DocumentError;
use maru_jobs::LeaseError;
use maru_lambda::{BoxError, FieldError, Problem};
use maru_messages::SendError;
use maru_publications::PublicationError;
use maru_store::StoreError;
use maru_vault::VaultError;

use crate::edit::{FieldError as EditFieldError, ReplaceError, SelectionError};
use crate::github::GithubError;

/// What can go wrong in the resume domain.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or it is another member's.
    #[error("there is no such resume, version or edit")]
    NotFound,
    /// A replacement without `If-Match`.
    #[error("If-Match is missing")]
    PreconditionMissing,
    /// The resume changed since the caller, or we, read it.
    #[error("the resume has changed")]
    Stale,
    /// A document that breaks its bounds.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// A text that cannot be edited.
    #[error(transparent)]
    Field(#[from] EditFieldError),
    /// Offsets that select nothing.
    #[error(transparent)]
    Selection(#[from] SelectionError),
    /// The selected text is not what it was.
    #[error("the text under the selection has moved")]
    SelectionMoved,
    /// A selection that cannot be replaced.
    #[error(transparent)]
    Replace(#[from] ReplaceError),
    /// The uses of the day are gone.
    #[error("no credit is left today")]
    CreditsExhausted {
        /// How they stand.
        credits: Credits,
        /// When that was.
        now: Timestamp,
    },
    /// The member closed the account.
    #[error("the member is gone")]
    MemberGone,
    /// The member has not connected a GitHub account.
    #[error("no GitHub account is connected")]
    NotConnected,
    /// The member's list of repositories was never fetched, or is no more kept.
    #[error("there is no list of repositories to pick from")]
    NoListing,
    /// A repository that is not in the member's list.
    #[error("a repository is not in the list")]
    NotListed {
        /// Which of those that were asked for, from 0 on.
        place: usize,
    },
    /// GitHub did not give what was asked for.
    #[error("GitHub failed")]
    Github {
        /// With what.
        #[source]
        error: GithubError,
        /// When that was.
        now: Timestamp,
    },
    /// A GitHub token that cannot be opened.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// Something else changed at the same moment; to be tried again.
    #[error("something changed at the same moment")]
    Overtaken,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What is public.
    #[error(transparent)]
    Publication(#[from] PublicationError),
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
    Ask(#[from] maru_model::AskError),
    /// A resume that takes more pages than a file may have.
    #[error("the resume takes more than {most} pages")]
    TooManyPages {
        /// How many it may have.
        most: usize,
    },
    /// Printed documents.
    #[error("a printed document could not be made or found")]
    Print(#[source] BoxError),
}

const PRECONDITION_MISSING: &str = "Send the ETag of what you replace as If-Match.";
const STALE: &str = "The resume has changed since you read it. Read it again.";
const SELECTION_MOVED: &str = "The text under the selection is not what it was. Read the resume again.";
const NOT_CONNECTED: &str = "Your account is not connected to GitHub. Sign in with GitHub first.";
const NO_LISTING: &str = "Your list of repositories is not known yet. Ask for it first.";

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::not_found(),
            Error::PreconditionMissing => {
                Self::new(StatusCode::PRECONDITION_REQUIRED, "precondition_required", PRECONDITION_MISSING)
            }
            Error::Stale => Self::new(StatusCode::PRECONDITION_FAILED, "stale", STALE),
            Error::Document(error) => document(error),
            Error::Field(error) => refused("not_editable", "pointer", &error),
            Error::Selection(error) => refused("invalid_selection", "end", &error),
            Error::SelectionMoved => Self::conflict("selection_moved", SELECTION_MOVED),
            Error::Replace(ReplaceError::Document(error)) => document(error),
            Error::CreditsExhausted { credits, now } => exhausted(&credits, now),
            Error::MemberGone => Self::unauthenticated(),
            Error::NotConnected => Self::conflict("github_not_connected", NOT_CONNECTED),
            Error::NoListing => Self::conflict("repositories_unknown", NO_LISTING),
            Error::NotListed { place } => not_listed(place),
            Error::Github { error, now } => github(error, now),
            Error::Vault(error) => error.into(),
            Error::Overtaken => Self::unavailable(error),
            Error::Store(error) => error.into(),
            Error::Publication(error) => error.into(),
            Error::Send(error) => error.into(),
            Error::TooManyPages { most } => too_many_pages(most),
            Error::Print(error) => Self::unavailable(error),
            Error::Replace(_) | Error::Json(_) | Error::Lease(_) | Error::Ask(_) => Self::internal(error),
        }
    }
}

fn not_listed(place: usize) -> Problem {
    let message = "is not in your list of repositories".to_owned();
    Problem::bad_request("unknown_repository", "Pick repositories out of your list.")
        .with_errors(vec![FieldError { pointer: format!("/repositories/{place}"), message }])
}

fn too_many_pages(most: usize) -> Problem {
    let detail = format!("Printed, the resume takes more than {most} pages. Shorten it.");
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "too_many_pages", detail)
}

fn refused(code: &'static str, field: &str, error: &dyn std::error::Error) -> Problem {
    let errors = vec![FieldError { pointer: format!("/{field}"), message: error.to_string() }];
    Problem::bad_request(code, "This text cannot be edited like that.").with_errors(errors)
}

/// Bodies are checked before a handler sees them; what is left is the length of the whole.
fn document(error: DocumentError) -> Problem {
    match error {
        DocumentError::TooLong(_) => {
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "document_too_long", error.to_string())
        }
        DocumentError::Bounds(_) => Problem::bad_request("invalid_document", error.to_string()),
        DocumentError::Shape(_) => Problem::internal(error),
    }
}

/// 429 with when to come again, in the headers that every limit has.
fn exhausted(credits: &Credits, now: Timestamp) -> Problem {
    let Credits { limit, used, resets_at } = credits;
    let limit = limit.unwrap_or(*used);
    let wait = (resets_at.as_second() - now.as_second()).max(1);
    let detail = format!(
        "Your {limit} AI uses of today are used up (used: {used}, limit: {limit}, resetsAt: {resets_at})."
    );
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "credits_exhausted", detail)
        .with_header(header::RETRY_AFTER, wait.to_string())
        .with_header(HeaderName::from_static("ratelimit"), format!("\"credits\";r=0;t={wait}"))
        .with_header(HeaderName::from_static("ratelimit-policy"), format!("\"credits\";q={limit};w=86400"))
}

/// What only the caller can heal is a conflict; the rest is for GitHub to heal, and says when to come again.
fn github(error: GithubError, now: Timestamp) -> Problem {
    let (code, detail) = (error.code(), error.failure().detail);
    match error {
        GithubError::Unauthorized | GithubError::Forbidden => Problem::conflict(code, detail),
        GithubError::RateLimited { until } => {
            let wait = (until.as_second() - now.as_second()).max(1);
            let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, code, detail);
            problem.with_header(header::RETRY_AFTER, wait.to_string())
        }
        error => {
            let problem = Problem::new(StatusCode::BAD_GATEWAY, code, detail);
            Problem { source: Some(error.into()), ..problem }
        }
    }
}
