//! `GET /weather/survey`: the caller's answers.

use maru_lambda::{Call, Json, Member};

use crate::error::Error;
use crate::store::Store;
use crate::surveys::Answered;

pub async fn handle(store: Store, call: Call<Member>) -> Result<Json<Answered>, Error> {
    store.survey(&call.caller.id).await?.map(Json).ok_or(Error::NoSurvey)
}
