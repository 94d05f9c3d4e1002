//! Tokens that were given out, as far as it takes to end them.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The tokens that were given out since the start, and those that were taken back. A token that was given out
/// before says itself whether it is good.
#[derive(Debug, Default)]
pub(crate) struct Tokens(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    issued: HashMap<String, Vec<String>>,
    revoked: HashSet<String>,
}

impl Tokens {
    /// Notes that the account was given this token.
    pub(crate) fn issue(&self, account: &str, token: &str) {
        self.lock().issued.entry(account.to_owned()).or_default().push(token.to_owned());
    }

    /// Ends this token of the account, and all others that are known.
    pub(crate) fn revoke(&self, account: &str, token: &str) {
        let mut state = self.lock();
        let others = state.issued.remove(account).unwrap_or_default();
        state.revoked.extend(others.into_iter().chain([token.to_owned()]));
    }

    /// Whether it was taken back.
    pub(crate) fn is_revoked(&self, token: &str) -> bool {
        self.lock().revoked.contains(token)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
