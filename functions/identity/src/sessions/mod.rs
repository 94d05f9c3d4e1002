//! Logins: the families of refresh tokens in the table, and what a client is given.
//!
//! What a token may is decided in [`rotation`]; this module reads, asks, and writes under the condition that
//! nothing has changed in between.

mod issuer;
mod known_browsers;
pub mod rotation;
mod token;

pub use issuer::Issuer;
pub use known_browsers::{browser_of, known_browser_cookie};
pub use token::{RefreshToken, presented, removed_refresh_cookie};

use jiff::Timestamp;
use maru_store::{Item, Key, Outcome, StoreError};
use serde::Serialize;

use crate::error::Error;
use crate::secret::Secret;
use crate::store::{Store, family_key};
use rotation::{Ending, Family, Verdict};

/// How often a family that changes under our eyes is asked again. It changes once for all who come with the
/// same token, so the second look decides; more than a few are a sign of trouble.
const LOOKS: u32 = 5;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    #[serde(flatten)]
    family: &'a Family,
    /// When the database may delete it, in seconds.
    expires_at: i64,
}

impl Store {
    /// Begins a login of `user`: its first refresh token.
    ///
    /// # Errors
    /// [`Error::Closed`] if there is no such account, or no longer; [`Error::Store`].
    pub async fn begin_session(&self, user: &str, now: Timestamp) -> Result<RefreshToken, Error> {
        let (family, first) = Family::begin(Secret::random(), Secret::random(), now);
        let token = RefreshToken::first(user, first, now);
        self.put_while_open(user, &key(&token), &Entry::of(&family), &[]).await?;
        Ok(token)
    }

    /// Takes a refresh token and gives the one to use next.
    ///
    /// # Errors
    /// [`Error::RefreshToken`] when it is not good; if it was good once, its family is over now, and if it never
    /// was, nothing has changed.
    pub async fn refresh_session(&self, token: &RefreshToken, now: Timestamp) -> Result<RefreshToken, Error> {
        let mut family: Family = self.table().get(&key(token), true).await?.ok_or(Error::RefreshToken)?;
        for _ in 0..LOOKS {
            match family.present(&token.proof, Secret::random(), now) {
                Verdict::Rotate { next, token: proof } => match self.advance(token, &family, &next).await? {
                    Outcome::Done(()) => return Ok(token.followed_by(proof)),
                    Outcome::Refused(Some(changed)) => family = self.table().decode(changed)?,
                    Outcome::Refused(None) => return Err(Error::RefreshToken),
                },
                Verdict::Repeat { token: proof } => return Ok(token.followed_by(proof)),
                Verdict::Reuse => {
                    self.end_session(token, Ending::Reused).await?;
                    tracing::warn!(user.id = token.user, "a refresh token was used twice; its login is over");
                    return Err(Error::RefreshToken);
                }
                Verdict::Refuse => return Err(Error::RefreshToken),
            }
        }
        Err(Error::Contended)
    }

    /// Ends the login that a token came of, whichever of its tokens it is. What never was one ends nothing.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn log_out(&self, token: &RefreshToken) -> Result<(), StoreError> {
        let family: Option<Family> = self.table().get(&key(token), true).await?;
        // A seal never changes: what is true of it here is true when the family is ended.
        if family.is_some_and(|family| family.issued(&token.proof)) {
            self.end_session(token, Ending::LoggedOut).await?;
        }
        Ok(())
    }

    /// Ends a login, for good. One that is over, or never was, stays as it is.
    async fn end_session(&self, token: &RefreshToken, ending: Ending) -> Result<(), StoreError> {
        let update = self
            .table()
            .update(&key(token))
            .update_expression("SET #ended = :ending")
            .condition_expression("attribute_exists(pk) AND attribute_not_exists(#ended)")
            .expression_attribute_names("#ended", "ended")
            .expression_attribute_values(":ending", self.table().attribute(&ending)?);
        self.table().update_if(update).await.map(|_: Outcome<Item>| ())
    }

    async fn advance(
        &self,
        token: &RefreshToken,
        seen: &Family,
        next: &Family,
    ) -> Result<Outcome<()>, StoreError> {
        let put = self
            .table()
            .put(&key(token), &Entry::of(next))?
            .condition_expression("#current = :seen AND attribute_not_exists(#ended)")
            .expression_attribute_names("#current", "current")
            .expression_attribute_names("#ended", "ended")
            .expression_attribute_values(":seen", self.table().attribute(&seen.current)?);
        self.table().put_if(put).await
    }
}

impl<'a> Entry<'a> {
    fn of(family: &'a Family) -> Self {
        Self { family, expires_at: family.expires_at().as_second() }
    }
}

fn key(token: &RefreshToken) -> Key {
    family_key(&token.user, &token.family)
}
