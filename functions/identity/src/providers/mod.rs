//! Login providers: where a browser is sent, and what is asked of the provider when it comes back.

mod github;
mod kakao;

pub use github::Github;
pub use kakao::Kakao;

use maru_lambda::{BoxError, ConfigurationError, Environment, FromEnvironment};
use maru_partner::{PartnerError, SecretError};
use serde::{Deserialize, Serialize};

use crate::pkce::{Challenge, Verifier};
use crate::secret::Secret;

/// Who can vouch for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    /// github.com
    Github,
    /// kakao.com
    Kakao,
}

/// Somebody, as a provider knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vouched {
    /// The account's id there, which never changes.
    pub id: i64,
    /// What the account is called there, which may change.
    pub login: Option<String>,
    /// The person's name.
    pub name: Option<String>,
    /// The addresses that the provider has verified, the main one first.
    pub emails: Vec<String>,
    /// Their picture, at an `https://` address.
    pub image_url: Option<String>,
    /// What the provider lets us do in their name.
    pub token: String,
    /// The scopes of the token.
    pub scopes: Vec<String>,
}

/// Why a provider does not vouch.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// It refuses the code, or us.
    #[error("the login provider refused with {0}")]
    Refused(String),
    /// It failed.
    #[error(transparent)]
    Failed(#[from] PartnerError),
    /// Our secret there could not be read.
    #[error(transparent)]
    Secret(#[from] SecretError),
}

impl Provider {
    /// As in paths and keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Github => "github",
            Self::Kakao => "kakao",
        }
    }
}

/// The public address of the API, where providers send browsers back to.
#[derive(Clone, Debug)]
pub struct ApiUrl(String);

impl FromEnvironment for ApiUrl {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self(environment.require("API_URL")?.trim_end_matches('/').to_owned()))
    }
}

impl ApiUrl {
    /// The address of a path of the API.
    #[must_use]
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// Where a provider sends browsers back to; registered there, letter by letter.
    #[must_use]
    pub fn callback(&self, provider: Provider) -> String {
        self.at(&format!("/auth/{}/callback", provider.name()))
    }
}

/// The providers' login pages.
#[derive(Clone, Debug)]
pub struct LoginPages {
    github: github::LoginPage,
    kakao: kakao::LoginPage,
    api: ApiUrl,
}

impl FromEnvironment for LoginPages {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self {
            github: github::LoginPage::open(environment)?,
            kakao: kakao::LoginPage::open(environment)?,
            api: ApiUrl::from_environment(environment)?,
        })
    }
}

impl LoginPages {
    /// Where to send a browser that wants to sign in with `provider`.
    ///
    /// # Errors
    /// [`ProviderError::Failed`] when the configured address cannot be extended.
    pub fn url(
        &self,
        provider: Provider,
        state: &Secret,
        challenge: &Challenge,
    ) -> Result<String, ProviderError> {
        let callback = self.api.callback(provider);
        let (state, challenge) = (state.text(), challenge.as_str());
        Ok(match provider {
            Provider::Github => self.github.url(&callback, &state, challenge)?,
            Provider::Kakao => self.kakao.url(&callback, &state, challenge)?,
        })
    }
}

/// The providers' interfaces.
#[derive(Clone, Debug)]
pub struct Providers {
    github: Github,
    kakao: Kakao,
    api: ApiUrl,
}

impl FromEnvironment for Providers {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self {
            github: Github::from_environment(environment)?,
            kakao: Kakao::from_environment(environment)?,
            api: ApiUrl::from_environment(environment)?,
        })
    }
}

impl Providers {
    /// Whom `provider` vouches for with the `code` that a browser brought back.
    ///
    /// # Errors
    /// [`ProviderError`].
    pub async fn vouch(
        &self,
        provider: Provider,
        code: &str,
        verifier: &Verifier,
    ) -> Result<Vouched, ProviderError> {
        let callback = self.api.callback(provider);
        match provider {
            Provider::Github => self.github.vouch(code, &callback, verifier).await,
            Provider::Kakao => self.kakao.vouch(code, &callback, verifier).await,
        }
    }

    /// Takes back what the person allowed us there.
    ///
    /// # Errors
    /// [`ProviderError`].
    pub async fn revoke(&self, provider: Provider, token: &str) -> Result<(), ProviderError> {
        match provider {
            Provider::Github => self.github.revoke(token).await,
            Provider::Kakao => self.kakao.revoke(token).await,
        }
    }
}

/// The address of a picture, if browsers may load it from a secure page.
fn secure(url: Option<String>) -> Option<String> {
    url.filter(|url| maru_document::is_https_address(url))
}

/// The error for an answer of a provider that has neither what was asked for nor a reason.
fn unclear(answer: &maru_partner::Answer) -> ProviderError {
    answer.broken(BoxError::from(format!("status {}", answer.status))).into()
}
