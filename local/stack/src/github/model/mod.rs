//! What GitHub knows: accounts, repositories, commits, pull requests.

mod account;
mod draft;
mod languages;
mod repository;

pub use account::{Account, Email};
pub use draft::{Author, Branch, Draft};
pub(super) use languages::language_of;
pub use repository::Repository;
pub(super) use repository::{Commit, Content, Files, Owner, Pull, Signature};

use std::sync::Arc;

/// Everybody and everything that the sandbox serves.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// Who can sign in; the first one is the demo user.
    pub accounts: Vec<Account>,
    /// The repositories.
    pub repositories: Vec<Arc<Repository>>,
}

impl World {
    /// The account of this login, whatever its case.
    pub(super) fn account(&self, login: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.login.eq_ignore_ascii_case(login))
    }

    /// The account that wrote a commit, as far as its e-mail address tells.
    pub(super) fn author(&self, signature: &Signature) -> Option<&Account> {
        self.accounts.iter().find(|account| account.owns(&signature.email))
    }
}
