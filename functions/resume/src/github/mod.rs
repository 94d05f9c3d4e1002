//! GitHub's REST API, as far as a resume is written from it.
//!
//! | module | what |
//! |---|---|
//! | `client` | one request: headers, conditional requests, which answers are worth another try |
//! | `refusal` | what an answer means: permission, rate limit, gone, empty |
//! | `wire` | the few fields that are read |
//! | `listing` | the repositories that a member may pick |
//! | `connection` | whose account it is, and the sealed token |
//! | `reading`, `collect` | everything of one repository and of the member's part in it |
//!
//! Requests of one repository go out one after the other, as GitHub asks ("Best practices for using the REST
//! API"); a limit that one of them meets holds up all of the session. The token goes to the configured host and to no other, wherever a link or redirect leads.

mod client;
mod collect;
mod connection;
mod error;
mod listing;
mod reading;
mod refusal;
mod wire;

#[cfg(test)]
mod tests;

pub use client::{Github, Patience, Session};
pub use collect::collect;
pub use connection::{Connected, Connection};
pub use error::GithubError;
pub use listing::{Fetched, Listed, PageState, fetch_listing};
