//! `PUT /weather/survey`: answers the six questions, for advice that fits.

use garde::Validate;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Json, Member};
use serde::Deserialize;
use weather_rules::survey::Survey;

use crate::error::Error;
use crate::store::Store;
use crate::surveys::Answered;

/// The six answers.
#[derive(Clone, Copy, Debug, Deserialize, Validate)]
#[serde(transparent)]
pub struct ReplaceSurvey(#[garde(skip)] Survey);

pub async fn handle(
    store: Store,
    call: Call<Member, Nothing, Nothing, ReplaceSurvey>,
) -> Result<Json<Answered>, Error> {
    let ReplaceSurvey(answers) = call.body;
    let answered = Answered { answers, updated_at: call.request.now };
    store.keep_survey(&call.caller.id, &answered).await?;
    Ok(Json(answered))
}
