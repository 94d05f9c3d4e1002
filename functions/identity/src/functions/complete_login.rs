//! `GET /auth/{provider}/callback`: the browser comes back from the provider, and is sent on to the app with
//! a login code, or with the reason why there is none.
//!
//! A callback that comes again gets no code, though its browser is the one that began: of the first code only a
//! digest is kept, and another one would sign in whoever goes back in the history of that browser after its
//! owner logged out. Whoever meets this begins again, and is not asked anything by a provider that knows them.

use garde::Validate;
use maru_lambda::{Call, Problem, Reply, Stranger};
use maru_vault::Vault;
use serde::Deserialize;

use crate::app::{App, AppPath};
use crate::error::Error;
use crate::events::Announcer;
use crate::functions::start_login::ProviderPath;
use crate::logins::{Attempt, LoginCode, Purpose, browser};
use crate::providers::{ProviderError, Providers};
use crate::secret::Secret;
use crate::store::Store;
use crate::vouching::Vouching;

/// What the provider says. It may add what it likes.
#[derive(Clone, Debug, Deserialize, Validate)]
pub struct Callback {
    #[garde(length(bytes, max = 2048))]
    code: Option<String>,
    #[garde(length(bytes, max = 2048))]
    state: Option<String>,
    #[garde(length(bytes, max = 2048))]
    error: Option<String>,
}

/// What the app is told in the query of its page: a name and a value.
type Word = (&'static str, String);

pub async fn handle(
    (store, providers, vault, announcer, app): (Store, Providers, Vault, Announcer, App),
    call: Call<Stranger, ProviderPath, Callback>,
) -> Result<Reply, Problem> {
    let Some((attempt, browser)) = take(&store, &call).await? else {
        // Unknown, over, used, or another browser's: nothing of it can be trusted, not even the page.
        let page = app.page(&AppPath::default(), "error", "login_expired");
        return Ok(Reply::redirect(&page));
    };
    let return_to = attempt.return_to.clone();
    let services = Services { store: &store, providers: &providers, vault: &vault, announcer: &announcer };
    let (name, value) = match Box::pin(services.finish(&call, attempt, &browser)).await {
        Ok(word) => word,
        Err(error) => ("error", refused(error)?.to_owned()),
    };
    Ok(Reply::redirect(&app.page(&return_to, name, &value)))
}

/// The login that the browser comes back from, and the browser's secret.
async fn take(
    store: &Store,
    call: &Call<Stranger, ProviderPath, Callback>,
) -> Result<Option<(Attempt, Secret)>, Error> {
    let state = call.query.state.as_deref().and_then(Secret::read);
    let (Some(state), Some(browser)) = (state, browser(&call.request)) else { return Ok(None) };
    let attempt = store.take_login(&state, call.path.provider, &browser, call.request.now).await?;
    Ok(attempt.map(|attempt| (attempt, browser)))
}

struct Services<'a> {
    store: &'a Store,
    providers: &'a Providers,
    vault: &'a Vault,
    announcer: &'a Announcer,
}

impl Services<'_> {
    async fn finish(
        &self,
        call: &Call<Stranger, ProviderPath, Callback>,
        attempt: Attempt,
        browser: &Secret,
    ) -> Result<Word, Error> {
        let now = call.request.now;
        let Some(code) = &call.query.code else {
            tracing::info!(error = call.query.error, "a login was refused");
            return Ok(("error", "login_refused".to_owned()));
        };
        let provider = attempt.provider;
        let vouched = &self.providers.vouch(provider, code, &attempt.verifier()).await?;
        let Self { store, vault, announcer, .. } = *self;
        let vouching = Vouching { store, vault, announcer, provider, vouched, now };
        match attempt.purpose {
            Purpose::Connect { user_id } => {
                vouching.connect(&user_id).await?;
                Ok(("connected", provider.name().to_owned()))
            }
            Purpose::SignIn { challenge } => {
                let (user_id, new) = vouching.sign_in().await?;
                let meaning = LoginCode::new(user_id, new, browser, challenge, now);
                Ok(("code", store.give_code(&meaning).await?.text()))
            }
        }
    }
}

/// The word for an error that is not ours; ours stay errors, so that somebody hears of them.
fn refused(error: Error) -> Result<&'static str, Error> {
    match error {
        Error::Provider(error @ (ProviderError::Refused(_) | ProviderError::Failed(_))) => {
            tracing::warn!(error = maru_lambda::logs::chain(&error), "a provider did not vouch");
            Ok("provider_failed")
        }
        Error::Connected => Ok("already_connected"),
        Error::Closed => Ok("account_closed"),
        error => Err(error),
    }
}
