//! `POST /me/connections/{provider}`: where to sign in at a provider, so that its account is connected to the
//! caller's. Only a login there connects: never an e-mail address that two accounts have in common.

use garde::Validate;
use http::StatusCode;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Member, Problem, Reply};
use serde::{Deserialize, Serialize};

use crate::app::AppPath;
use crate::arrival::arrive;
use crate::error::Error;
use crate::events::Announcer;
use crate::functions::start_login::ProviderPath;
use crate::logins::{Attempt, Purpose, browser, browser_cookie};
use crate::providers::LoginPages;
use crate::secret::Secret;
use crate::store::Store;

/// Where it leads to.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ConnectProvider {
    /// The page of the app, `/` if not given.
    #[garde(skip)]
    #[serde(default)]
    return_to: AppPath,
}

/// Where the browser has to go.
#[derive(Serialize)]
struct LoginUrl {
    url: String,
}

pub async fn handle(
    (store, announcer, pages): (Store, Announcer, LoginPages),
    call: Call<Member, ProviderPath, Nothing, ConnectProvider>,
) -> Result<Reply, Problem> {
    let member = arrive(&store, &announcer, &call.caller, call.request.now).await?;
    let browser = browser(&call.request).unwrap_or_else(Secret::random);
    let (purpose, return_to) = (Purpose::Connect { user_id: member.id }, call.body.return_to);
    let attempt = Attempt::begin(call.path.provider, purpose, return_to, &browser, call.request.now);
    let state = store.begin_login(&attempt).await?;
    let challenge = attempt.verifier().challenge();
    let url = pages.url(attempt.provider, &state, &challenge).map_err(Error::from)?;
    Ok(Reply::json(StatusCode::OK, &LoginUrl { url }).with_cookie(&browser_cookie(&browser)))
}
