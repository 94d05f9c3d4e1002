//! `POST /auth/logout`: ends the login that a refresh token came of. Whatever is sent, its sender is logged
//! out; nobody else is.

use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, NoContent, Problem, Reply, Stranger};

use crate::functions::refresh_tokens::Presented;
use crate::sessions::{presented, removed_refresh_cookie};
use crate::store::Store;

pub async fn handle(
    store: Store,
    call: Call<Stranger, Nothing, Nothing, Presented>,
) -> Result<Reply, Problem> {
    if let Some(token) = presented(call.body.refresh_token.as_deref(), &call.request) {
        store.log_out(&token).await?;
    }
    Ok(Reply::from(NoContent).with_cookie(&removed_refresh_cookie()))
}
