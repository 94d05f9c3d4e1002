//! `DELETE /billing/subscription`: ends the caller's subscription with what is paid. Asked again it says the same.

use maru_lambda::{Call, Json, Member};

use crate::error::Error;
use crate::overview::Overview;
use crate::subscriptions::{BillingView, Steps};

pub async fn handle(
    (steps, overview): (Steps, Overview),
    call: Call<Member>,
) -> Result<Json<BillingView>, Error> {
    let id = &call.caller.id;
    steps.end(id).await?;
    Ok(Json(overview.of(id, call.request.now).await?))
}
