//! `GET /credits`: the caller's uses of AI today.

use maru_credits::{CreditStore, Credits};
use maru_lambda::{Call, Json, Member, Problem};

pub async fn handle(credits: CreditStore, call: Call<Member>) -> Result<Json<Credits>, Problem> {
    Ok(Json(credits.credits_of(&call.caller.id, call.request.now).await?))
}
