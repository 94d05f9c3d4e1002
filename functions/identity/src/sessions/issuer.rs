//! What a client gets when it is signed in: an access token and a refresh token.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode;
use jiff::Timestamp;
use maru_auth::{Audience, Role, Signer};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, Reply};
use maru_partner::Secret;
use serde::Serialize;
use tokio::sync::OnceCell;

use super::rotation::LIFETIME;
use super::token::{RefreshToken, refresh_cookie};
use crate::error::Error;
use crate::store::Store;

/// For how long an access token is good.
pub const ACCESS_LIFETIME: Duration = Duration::from_secs(15 * 60);

/// Signs access tokens. Only the functions that have one can read the signing key.
#[derive(Clone)]
pub struct Issuer {
    key: Secret,
    audience: Audience,
    signer: Arc<OnceCell<Signer>>,
}

/// The answer to a login.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tokens {
    access_token: String,
    token_type: &'static str,
    /// In seconds.
    expires_in: u64,
    refresh_token: String,
    /// In seconds.
    refresh_expires_in: i64,
    /// Whether the account was made by this login.
    #[serde(skip_serializing_if = "Option::is_none")]
    new_member: Option<bool>,
    #[serde(skip)]
    refresh: RefreshToken,
}

impl FromEnvironment for Issuer {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let audience = Audience {
            issuer: environment.require("ACCESS_TOKEN_ISSUER")?.to_owned(),
            audience: environment.require("ACCESS_TOKEN_AUDIENCE")?.to_owned(),
        };
        let key = Secret::open(environment, "ACCESS_TOKEN_SIGNING_KEY_PARAMETER")?;
        Ok(Self { key, audience, signer: Arc::default() })
    }
}

impl Issuer {
    /// Begins a login of the member `user`.
    ///
    /// # Errors
    /// [`Error::Closed`] if there is none, or no longer; [`Error`].
    pub async fn sign_in(&self, store: &Store, user: &str, now: Timestamp) -> Result<Tokens, Error> {
        let refresh = store.begin_session(user, now).await?;
        self.tokens(store, refresh, now).await
    }

    /// The tokens that go with a refresh token that was just given out.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn tokens(
        &self,
        store: &Store,
        refresh: RefreshToken,
        now: Timestamp,
    ) -> Result<Tokens, Error> {
        let roles = store.roles(&refresh.user).await?;
        Ok(Tokens {
            access_token: self.access_token(&refresh.user, &roles, now).await?,
            token_type: "Bearer",
            expires_in: ACCESS_LIFETIME.as_secs(),
            refresh_token: refresh.text(),
            refresh_expires_in: LIFETIME.as_secs(),
            new_member: None,
            refresh,
        })
    }

    async fn access_token(&self, user: &str, roles: &[Role], now: Timestamp) -> Result<String, Error> {
        let signer = self.signer.get_or_try_init(|| async {
            let key = pkcs8(self.key.value().await?).ok_or(Error::SigningKey)?;
            Ok::<_, Error>(Signer::new(self.audience.clone(), &key))
        });
        Ok(signer.await?.sign(user, roles, now, ACCESS_LIFETIME)?)
    }
}

impl Tokens {
    /// The same, saying whether the account was made by this login.
    #[must_use]
    pub fn of_new_member(self, new: bool) -> Self {
        Self { new_member: Some(new), ..self }
    }

    /// The answer: both tokens in the body, the refresh token also as a cookie.
    #[must_use]
    pub fn into_reply(self, status: StatusCode) -> Reply {
        Reply::json(status, &self).with_cookie(&refresh_cookie(&self.refresh))
    }
}

/// The key in PKCS #8 DER: base64, with or without the first and last line of a PEM file.
fn pkcs8(text: &str) -> Option<Vec<u8>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with("-----"));
    STANDARD.decode(lines.collect::<String>()).ok().filter(|key| !key.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_from_a_pem_file_or_from_its_middle() {
        let pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\nBCIEIA==\n-----END PRIVATE KEY-----\n";
        assert_eq!(pkcs8(pem), pkcs8("MC4CAQAwBQYDK2VwBCIEIA=="));
        assert!(pkcs8(pem).is_some());
        for none in ["", "-----BEGIN PRIVATE KEY-----", "not base64!"] {
            assert_eq!(pkcs8(none), None, "{none}");
        }
    }
}
