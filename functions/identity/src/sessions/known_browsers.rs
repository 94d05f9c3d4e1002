//! Browsers that a member signed up or signed in with before.
//!
//! Failed logins are limited for each account, so somebody else could use up what its owner is allowed, again
//! and again. A browser that has signed in to the account before is counted by itself (OWASP, "Slow Down
//! Online Guessing Attacks with Device Cookies"): what strangers do does not reach it.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use maru_lambda::Cookie;
use maru_lambda::http::call::Request;
use maru_store::StoreError;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::secret::{Digest, Secret};
use crate::store::{Store, browser_key};

/// The cookie that a known browser has.
const COOKIE: &str = "maru_known";

/// Where it is needed: at `/auth/login`, and at `/auth/signup`, where another account in the same browser must
/// not take it away from the first.
const PATH: &str = "/auth";

/// For how long a browser is known after a login.
const LASTS: SignedDuration = SignedDuration::from_hours(180 * 24);

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Known {
    expires_at: i64,
}

/// The cookie that makes the browser known, which has `secret`.
#[must_use]
pub fn known_browser_cookie(secret: &Secret) -> Cookie {
    let lasts = Duration::try_from(LASTS).unwrap_or_default();
    Cookie::new(COOKIE, secret.text(), lasts).for_path(PATH)
}

/// The secret of the browser that `request` comes from, if it has one.
#[must_use]
pub fn browser_of(request: &Request) -> Option<Secret> {
    Secret::read(request.cookie(COOKIE)?)
}

impl Store {
    /// Whether the browser with this secret signed in to the account `user` before.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn knows(&self, user: &str, browser: &Digest, now: Timestamp) -> Result<bool, StoreError> {
        let known: Option<Known> = self.table().get(&browser_key(user, browser), false).await?;
        Ok(known.is_some_and(|known| now.as_second() < known.expires_at))
    }

    /// Remembers the browser with this secret for the account `user`.
    ///
    /// # Errors
    /// [`Error::Closed`] if there is no such account, or no longer; [`Error::Store`].
    pub async fn remember(&self, user: &str, browser: &Digest, now: Timestamp) -> Result<(), Error> {
        let known = Known { expires_at: now.saturating_add(LASTS).unwrap_or(Timestamp::MAX).as_second() };
        self.put_while_open(user, &browser_key(user, browser), &known, &[]).await
    }
}
