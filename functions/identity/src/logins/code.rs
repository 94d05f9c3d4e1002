//! A login code: good once, for a minute, in the browser that signed in, and for the app that can prove that
//! it asked.

use jiff::Timestamp;
use maru_store::StoreError;
use serde::{Deserialize, Serialize};

use super::{CODE_LASTS, ends};
use crate::pkce::{Challenge, Verifier};
use crate::secret::{Digest, Secret};
use crate::store::{Store, code_key};

/// What a login code stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LoginCode {
    /// Who signed in.
    pub user_id: String,
    /// Whether the account was made by it.
    pub new_member: bool,
    browser: Digest,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    challenge: Option<Challenge>,
    /// The second at which it is over.
    expires_at: i64,
}

impl LoginCode {
    /// A code for the member who has just signed in in the browser with this secret.
    #[must_use]
    pub fn new(
        user_id: String,
        new_member: bool,
        browser: &Secret,
        challenge: Option<Challenge>,
        now: Timestamp,
    ) -> Self {
        let browser = browser.digest();
        Self { user_id, new_member, browser, challenge, expires_at: ends(now, CODE_LASTS) }
    }

    /// Whether the one who brings it is the one who asked for it: the app by its verifier if it gave a
    /// challenge, else the browser by its cookie.
    #[must_use]
    pub fn is_for(&self, verifier: Option<&Verifier>, browser: Option<&Secret>) -> bool {
        match (&self.challenge, verifier) {
            (Some(challenge), Some(verifier)) => verifier.challenge() == *challenge,
            (None, None) => browser.is_some_and(|browser| browser.digest() == self.browser),
            // A verifier without a challenge was meant for another login (RFC 9700 §2.1.1, downgrade).
            (Some(_), None) | (None, Some(_)) => false,
        }
    }
}

impl Store {
    /// Keeps what a new code stands for, and gives the code.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn give_code(&self, meaning: &LoginCode) -> Result<Secret, StoreError> {
        let code = Secret::random();
        self.table().put_new(&code_key(&code.digest()), meaning).await?;
        Ok(code)
    }

    /// Takes a code, if it is not over and was not taken before: of many who come at once, one gets it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn take_code(&self, code: &Secret, now: Timestamp) -> Result<Option<LoginCode>, StoreError> {
        self.take_once(&code_key(&code.digest()), Vec::new(), now).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verifier(letter: &str) -> Verifier {
        letter.repeat(43).try_into().unwrap()
    }

    #[test]
    fn a_code_is_for_the_app_that_can_prove_it_asked_else_for_the_browser() {
        let (browser, other) = (Secret::random(), Secret::random());
        let code =
            |challenge| LoginCode::new("usr_1".to_owned(), false, &browser, challenge, Timestamp::UNIX_EPOCH);
        let with = code(Some(verifier("a").challenge()));
        assert!(with.is_for(Some(&verifier("a")), None));
        assert!(!with.is_for(Some(&verifier("b")), Some(&browser)));
        assert!(!with.is_for(None, Some(&browser)));
        let without = code(None);
        assert!(without.is_for(None, Some(&browser)));
        assert!(!without.is_for(None, Some(&other)));
        assert!(!without.is_for(None, None));
        assert!(!without.is_for(Some(&verifier("a")), Some(&browser)));
    }
}
