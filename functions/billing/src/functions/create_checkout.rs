//! `POST /billing/checkout`: begins to buy PRO; the answer says where to pay. No money moves.

use garde::Validate;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Created, Member, Problem, Reply};
use maru_store::Attempt;
use serde::Deserialize;

use crate::orders::Checkouts;

/// What is bought.
#[derive(Clone, Copy, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct CreateCheckout {
    #[garde(skip)]
    #[expect(dead_code, reason = "there is one plan to buy; the field keeps a client from meaning another")]
    plan: Bought,
}

/// A plan that can be bought.
#[derive(Clone, Copy, Debug, Deserialize)]
enum Bought {
    #[serde(rename = "PRO")]
    Pro,
}

pub async fn handle(
    checkouts: Checkouts,
    call: Call<Member, Nothing, Nothing, CreateCheckout>,
) -> Result<Reply, Problem> {
    let work = async |attempt: Attempt| {
        let checkout = checkouts.begin(&call.caller.id, &attempt, call.request.now).await?;
        Ok(Created(checkout).into())
    };
    checkouts.store().table().idempotent("create_checkout", &call.request, work).await
}
