//! `POST /auth/token`: a login code for tokens.
//!
//! The code is its own idempotency key: it leads to tokens once. Tokens are not kept, so whoever lost the
//! answer signs in again.

use garde::Validate;
use http::StatusCode;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Problem, Reply, Stranger};
use serde::Deserialize;

use crate::error::Error;
use crate::logins::browser;
use crate::pkce::Verifier;
use crate::secret::Secret;
use crate::sessions::Issuer;
use crate::store::Store;

/// The code, and the app's proof if it announced one.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ExchangeLoginCode {
    #[garde(length(bytes, max = 100))]
    code: String,
    #[garde(skip)]
    #[serde(default)]
    code_verifier: Option<Verifier>,
}

pub async fn handle(
    (store, issuer): (Store, Issuer),
    call: Call<Stranger, Nothing, Nothing, ExchangeLoginCode>,
) -> Result<Reply, Problem> {
    let ExchangeLoginCode { code, code_verifier } = &call.body;
    let code = Secret::read(code).ok_or(Error::LoginCode)?;
    // Taken before it is looked at: whoever brings a code without the proof has burnt it.
    let meaning = store.take_code(&code, call.request.now).await?.ok_or(Error::LoginCode)?;
    if !meaning.is_for(code_verifier.as_ref(), browser(&call.request).as_ref()) {
        return Err(Error::LoginCode.into());
    }
    let tokens = issuer.sign_in(&store, &meaning.user_id, call.request.now).await?;
    Ok(tokens.of_new_member(meaning.new_member).into_reply(StatusCode::OK))
}
