//! `GET /auth/{provider}`: sends the browser to the provider's login page.

use garde::Validate;
use maru_lambda::{Call, Problem, Reply, Stranger};
use serde::Deserialize;

use crate::app::AppPath;
use crate::error::Error;
use crate::logins::{Attempt, Purpose, browser, browser_cookie};
use crate::pkce::Challenge;
use crate::providers::{LoginPages, Provider};
use crate::secret::Secret;
use crate::store::Store;

/// Which provider.
#[derive(Clone, Debug, Deserialize, Validate)]
pub struct ProviderPath {
    #[garde(skip)]
    pub provider: Provider,
}

/// Where the login leads to, and what the app will prove.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StartLogin {
    /// The page of the app, `/` if not given.
    #[garde(skip)]
    #[serde(default)]
    return_to: AppPath,
    /// An S256 challenge; whoever exchanges the login code has to have its verifier.
    #[garde(dive)]
    #[serde(default)]
    code_challenge: Option<Challenge>,
}

pub async fn handle(
    (store, pages): (Store, LoginPages),
    call: Call<Stranger, ProviderPath, StartLogin>,
) -> Result<Reply, Problem> {
    let StartLogin { return_to, code_challenge } = call.query;
    // A browser that is signing in already keeps its secret, so that two tabs do not disturb each other.
    let browser = browser(&call.request).unwrap_or_else(Secret::random);
    let purpose = Purpose::SignIn { challenge: code_challenge };
    let attempt = Attempt::begin(call.path.provider, purpose, return_to, &browser, call.request.now);
    let state = store.begin_login(&attempt).await?;
    let url = pages.url(attempt.provider, &state, &attempt.verifier().challenge()).map_err(Error::from)?;
    Ok(Reply::redirect(&url).with_cookie(&browser_cookie(&browser)))
}
