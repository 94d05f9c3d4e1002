//! `POST /auth/refresh`: a refresh token for new tokens. It comes in the body or in the cookie.

use garde::Validate;
use http::StatusCode;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Problem, Reply, Stranger};
use serde::Deserialize;

use crate::error::Error;
use crate::sessions::{Issuer, presented};
use crate::store::Store;

/// The refresh token, unless it comes in the cookie.
#[derive(Clone, Deserialize, Validate)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Presented {
    #[garde(inner(length(bytes, max = 200)))]
    #[serde(default)]
    pub refresh_token: Option<String>,
}

pub async fn handle(
    (store, issuer): (Store, Issuer),
    call: Call<Stranger, Nothing, Nothing, Presented>,
) -> Result<Reply, Problem> {
    let token = presented(call.body.refresh_token.as_deref(), &call.request).ok_or(Error::RefreshToken)?;
    let next = store.refresh_session(&token, call.request.now).await?;
    // Closed accounts end here, whatever is left of their logins.
    match store.member(&next.user).await {
        Ok(_) => {}
        Err(Error::Closed) => return Err(Error::RefreshToken.into()),
        Err(error) => return Err(error.into()),
    }
    Ok(issuer.tokens(&store, next, call.request.now).await?.into_reply(StatusCode::OK))
}
