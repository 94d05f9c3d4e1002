//! `POST /auth/login`: signs in with an account and a password. The answer and its time do not tell whether
//! the account exists.

use garde::Validate;
use http::StatusCode;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Problem, Reply, Stranger};
use maru_store::network_of;
use serde::Deserialize;

use crate::account::AccountName;
use crate::error::Error;
use crate::hashing;
use crate::limits::{self, LOGIN_ACCOUNT, LOGIN_ADDRESS};
use crate::members::Credentials;
use crate::password::Password;
use crate::secret::{Digest, Secret};
use crate::sessions::{Issuer, browser_of, known_browser_cookie};
use crate::store::Store;

/// What somebody says they know. Whether it could be an account at all is not told either.
#[derive(Clone, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Login {
    #[garde(length(bytes, max = 1000))]
    account: String,
    #[garde(length(bytes, max = 10_000))]
    password: String,
}

type SigningIn = Call<Stranger, Nothing, Nothing, Login>;

pub async fn handle((store, issuer): (Store, Issuer), call: SigningIn) -> Result<Reply, Problem> {
    let now = call.request.now;
    let browser = browser_of(&call.request);
    let credentials = credentials(&store, &call.body.account).await?;
    let known = known(&store, &credentials, browser.as_ref(), &call).await?;
    let address = network_of(&call.request.source_ip);
    let by_address = store.table().take(&LOGIN_ADDRESS, &address, now).await?;
    let account = limits::account(&call.body.account, known.as_ref());
    let by_account = store.table().take(&LOGIN_ACCOUNT, &account, now).await?;
    let user = verify(credentials, &call).await?;
    // It was no failure, so it does not count as one.
    store.table().give_back(by_account).await?;
    store.table().give_back(by_address).await?;
    let browser = browser.unwrap_or_else(Secret::random);
    store.remember(&user, &browser.digest(), now).await?;
    let tokens = issuer.sign_in(&store, &user, now).await?;
    Ok(tokens.into_reply(StatusCode::OK).with_cookie(&known_browser_cookie(&browser)))
}

async fn credentials(store: &Store, account: &str) -> Result<Option<Credentials>, Error> {
    match AccountName::try_from(account.to_owned()) {
        Ok(account) => Ok(store.credentials(&account).await?),
        Err(_) => Ok(None),
    }
}

/// The browser, if the account knows it. An unknown account is looked for, too: it takes as long.
async fn known(
    store: &Store,
    credentials: &Option<Credentials>,
    browser: Option<&Secret>,
    call: &SigningIn,
) -> Result<Option<Digest>, Error> {
    let Some(browser) = browser.map(Secret::digest) else { return Ok(None) };
    let user = credentials.as_ref().map_or("nobody", |credentials| credentials.user_id.as_str());
    let known = store.knows(user, &browser, call.request.now).await?;
    Ok(known.then_some(browser))
}

/// Whose account it is, if the password is right.
async fn verify(credentials: Option<Credentials>, call: &SigningIn) -> Result<String, Error> {
    // What can be nobody's password is not hashed: that tells of the password, not of the account.
    let password = Password::try_from(call.body.password.clone()).map_err(|_| Error::WrongCredentials)?;
    let (user, hash) = credentials.map(|found| (found.user_id, found.password_hash)).unzip();
    let right = hashing::verify(password, hash).await?;
    user.filter(|_| right).ok_or(Error::WrongCredentials)
}
