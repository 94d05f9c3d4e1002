//! Why GitHub did not give what was asked for.

use jiff::Timestamp;
use maru_jobs::Failure;
use maru_lambda::BoxError;

/// Why GitHub did not give what was asked for.
#[derive(Debug, thiserror::Error)]
pub enum GithubError {
    /// The member took the token back, or it ended.
    #[error("GitHub refuses the member's token")]
    Unauthorized,
    /// The token may not see this.
    #[error("GitHub does not let the member's token see this")]
    Forbidden,
    /// It is not there, or the token may not know that it is.
    #[error("GitHub has no such thing")]
    NotFound,
    /// The repository has no commit at all.
    #[error("the repository is empty")]
    Empty,
    /// None of the repository's commits is the member's.
    #[error("no commit is the member's own")]
    NothingOwn,
    /// Too many requests were made for this member.
    #[error("GitHub asks to wait until {until}")]
    RateLimited {
        /// When it may be tried again.
        until: Timestamp,
    },
    /// GitHub fails, or cannot be reached.
    #[error("GitHub did not answer")]
    Unavailable(#[source] BoxError),
    /// GitHub answers in a way that its documentation does not have.
    #[error("GitHub broke its contract")]
    Contract(#[source] BoxError),
}

impl GithubError {
    /// A stable word for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unauthorized => "github_unauthorized",
            Self::Forbidden => "github_forbidden",
            Self::NotFound => "github_not_found",
            Self::Empty => "github_repository_empty",
            Self::NothingOwn => "github_no_own_commits",
            Self::RateLimited { .. } => "github_rate_limited",
            Self::Unavailable(_) | Self::Contract(_) => "github_unavailable",
        }
    }

    /// What the owner of a job that this stopped is told.
    #[must_use]
    pub fn failure(&self) -> Failure {
        let detail = match self {
            Self::Unauthorized => {
                "GitHub no longer accepts your sign-in. Sign in with GitHub again.".to_owned()
            }
            Self::Forbidden => "Your GitHub sign-in may not read this repository.".to_owned(),
            Self::NotFound => "There is no such repository, or your sign-in may not see it.".to_owned(),
            Self::Empty => "The repository has no commits yet.".to_owned(),
            Self::NothingOwn => "No commit in the repository is yours.".to_owned(),
            Self::RateLimited { until } => format!("GitHub asks to wait until {until}. Try again then."),
            Self::Unavailable(_) | Self::Contract(_) => {
                "GitHub does not answer at present. Try again later.".to_owned()
            }
        };
        Failure { code: self.code().to_owned(), detail }
    }
}
