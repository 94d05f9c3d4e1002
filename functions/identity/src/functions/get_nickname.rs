//! `GET /nicknames/{nickname}`: whether a nickname is free at this moment.

use garde::Validate;
use maru_lambda::{Call, Json, Problem, Stranger};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::nickname::Nickname;
use crate::store::Store;

/// Which nickname.
#[derive(Clone, Debug, Deserialize, Validate)]
pub struct NicknamePath {
    #[garde(skip)]
    nickname: String,
}

/// Whether it is free. Only signing up with it decides.
#[derive(Debug, Serialize)]
pub struct Availability {
    available: bool,
}

pub async fn handle(store: Store, call: Call<Stranger, NicknamePath>) -> Result<Json<Availability>, Problem> {
    let nickname = Nickname::try_from(call.path.nickname).map_err(Error::from)?;
    let taken = store.is_nickname_taken(&nickname).await?;
    Ok(Json(Availability { available: !taken }))
}
