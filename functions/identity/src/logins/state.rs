//! A login at a provider, from the moment that the browser is sent there until it comes back.

use jiff::Timestamp;
use maru_store::StoreError;
use serde::{Deserialize, Serialize};

use super::{LOGIN_LASTS, ends};
use crate::app::AppPath;
use crate::pkce::{Challenge, Verifier};
use crate::providers::Provider;
use crate::secret::{Digest, Secret, stored};
use crate::store::{Store, state_key};

/// What a login at a provider is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Purpose {
    /// To sign in; the app may ask for its own proof when it exchanges the code.
    SignIn {
        /// The app's challenge.
        challenge: Option<Challenge>,
    },
    /// To connect the provider's account to this member.
    #[serde(rename_all = "camelCase")]
    Connect {
        /// The member's id.
        user_id: String,
    },
}

/// A login at a provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attempt {
    /// Where.
    pub provider: Provider,
    /// What for.
    pub purpose: Purpose,
    /// The page of the app that it leads to.
    pub return_to: AppPath,
    /// The browser that began.
    browser: Digest,
    /// What the verifier for the provider is made of.
    #[serde(with = "stored")]
    verifier: Secret,
    /// The second at which it is over.
    expires_at: i64,
}

impl Attempt {
    /// A login that begins now, in the browser with this secret.
    #[must_use]
    pub fn begin(
        provider: Provider,
        purpose: Purpose,
        return_to: AppPath,
        browser: &Secret,
        now: Timestamp,
    ) -> Self {
        let (browser, verifier) = (browser.digest(), Secret::random());
        Self { provider, purpose, return_to, browser, verifier, expires_at: ends(now, LOGIN_LASTS) }
    }

    /// What the provider asks for when the code is exchanged.
    #[must_use]
    pub fn verifier(&self) -> Verifier {
        Verifier::of(&self.verifier)
    }
}

impl Store {
    /// Keeps a login that has just begun; gives the state that the provider will bring back.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn begin_login(&self, attempt: &Attempt) -> Result<Secret, StoreError> {
        let state = Secret::random();
        self.table().put_new(&state_key(&state.digest()), attempt).await?;
        Ok(state)
    }

    /// Takes the login that `state` stands for, if it began in this browser and at this provider, is not over,
    /// and was not taken before: of many who come at once, one gets it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn take_login(
        &self,
        state: &Secret,
        provider: Provider,
        browser: &Secret,
        now: Timestamp,
    ) -> Result<Option<Attempt>, StoreError> {
        let table = self.table();
        let belongs =
            vec![("browser", table.attribute(&browser.digest())?), ("provider", table.attribute(&provider)?)];
        self.take_once(&state_key(&state.digest()), belongs, now).await
    }
}
