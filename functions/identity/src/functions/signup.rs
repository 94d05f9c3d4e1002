//! `POST /auth/signup`: an account with a password.

use garde::Validate;
use http::StatusCode;
use maru_lambda::http::call::Request;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Problem, Reply, Stranger};
use maru_store::{Attempt, network_of};
use serde::{Deserialize, Serialize};

use crate::account::AccountName;
use crate::error::Error;
use crate::events::Announcer;
use crate::hashing;
use crate::limits::SIGNUP_ADDRESS;
use crate::members::{Member, Proof, Standing};
use crate::nickname::Nickname;
use crate::password::Password;
use crate::secret::{Digest, Secret};
use crate::sessions::{Issuer, browser_of, known_browser_cookie};
use crate::store::Store;

/// What somebody chose.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[garde(allow_unvalidated)]
pub struct Signup {
    account: AccountName,
    nickname: Nickname,
    password: Password,
}

/// What is kept of the answer for an `Idempotency-Key`: whom it made. Tokens are never stored.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SignedUp {
    user_id: String,
}

type Arriving = Call<Stranger, Nothing, Nothing, Signup>;

pub async fn handle(
    (store, announcer, issuer): (Store, Announcer, Issuer),
    call: Arriving,
) -> Result<Reply, Problem> {
    let request = without_password(&call);
    let mut is_new = false;
    let work = async |attempt: Attempt| {
        is_new = make(&store, &announcer, &call, &attempt).await?;
        Ok(Reply::json(StatusCode::CREATED, &SignedUp { user_id: user_id(&attempt) }))
    };
    let made = store.table().idempotent("signup", &request, work).await?;
    if made.status != StatusCode::CREATED {
        return Ok(made);
    }
    let SignedUp { user_id } = serde_json::from_slice(&made.body).map_err(Problem::internal)?;
    if !is_new {
        // The account may be closed by now, and its name somebody else's.
        store.member(&user_id).await?;
        expect_the_password(&store, &call).await?;
    }
    let browser = browser_of(&call.request).unwrap_or_else(Secret::random);
    store.remember(&user_id, &browser.digest(), call.request.now).await?;
    let tokens = issuer.sign_in(&store, &user_id, call.request.now).await?;
    Ok(tokens.into_reply(StatusCode::CREATED).with_cookie(&known_browser_cookie(&browser)))
}

/// Makes the member of `attempt`. Gives whether that was now, not by a request before this one that nobody heard
/// the answer of.
async fn make(
    store: &Store,
    announcer: &Announcer,
    call: &Arriving,
    attempt: &Attempt,
) -> Result<bool, Error> {
    let user_id = user_id(attempt);
    if attempt.is_repeated() && store.standing(&user_id).await? != Standing::Nobody {
        return Ok(false);
    }
    let (now, Signup { account, nickname, password }) = (call.request.now, &call.body);
    let _ = store.table().take(&SIGNUP_ADDRESS, &network_of(&call.request.source_ip), now).await?;
    // Only to spare the hash: the transaction decides, also whether it was taken by this very attempt.
    if !attempt.is_repeated() && store.is_nickname_taken(nickname).await? {
        return Err(Error::NicknameTaken);
    }
    let hash = hashing::hash(password.clone()).await?;
    let member = Member { account: Some(account.clone()), ..Member::new(user_id, nickname.clone(), now) };
    let posted = vec![announcer.profile_changed(&member)?];
    match store.create(&member, Proof::Password(account, &hash), &posted).await {
        // There is, or was, an account of this id: a slower request of this attempt was faster after all.
        Err(Error::Closed) => Ok(false),
        Err(error) => Err(error),
        Ok(()) => {
            announcer.send(posted).await;
            Ok(true)
        }
    }
}

/// Whom `attempt` makes.
fn user_id(attempt: &Attempt) -> String {
    attempt.id("usr")
}

/// The request with a fingerprint that does not contain the password: a fast hash of it, kept for a day,
/// would undo the slow one.
fn without_password(call: &Arriving) -> Request {
    let Signup { account, nickname, password: _ } = &call.body;
    let parts = format!("{}\n{}", account.as_str(), nickname.as_str());
    Request { fingerprint: Digest::of(parts.as_bytes()).as_str().to_owned(), ..call.request.clone() }
}

/// A repeated sign-up is the same one only with the same password.
async fn expect_the_password(store: &Store, call: &Arriving) -> Result<(), Error> {
    let hash = store.credentials(&call.body.account).await?.map(|credentials| credentials.password_hash);
    let same = hashing::verify(call.body.password.clone(), hash).await?;
    same.then_some(()).ok_or(Error::AnotherSignup)
}
