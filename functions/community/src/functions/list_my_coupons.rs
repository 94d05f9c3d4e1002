//! `GET /me/coupons`: what the caller has claimed, that of the latest coupon first.

use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Json, Member, Problem};
use maru_store::{ListQuery, Page};

use crate::coupons::ClaimView;
use crate::store::Store;

pub async fn handle(
    store: Store,
    call: Call<Member, Nothing, ListQuery>,
) -> Result<Json<Page<ClaimView>>, Problem> {
    let page = store.claims(&call.caller.id, &call.query).await?;
    Ok(Json(page.map(|claim| claim.view(call.request.now))))
}
