//! `GET /billing`: the caller's plan, credits and subscription.

use maru_lambda::{Call, Json, Member};

use crate::error::Error;
use crate::overview::Overview;
use crate::subscriptions::BillingView;

pub async fn handle(overview: Overview, call: Call<Member>) -> Result<Json<BillingView>, Error> {
    Ok(Json(overview.of(&call.caller.id, call.request.now).await?))
}
