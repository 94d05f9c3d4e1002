//! `GET /coupons`: the coupons that can be claimed, now or later.

use maru_lambda::http::input::Nothing;
use maru_lambda::{Anyone, Call, Json, Problem};
use maru_store::{ListQuery, Page};

use crate::coupons::CouponView;
use crate::store::Store;

pub async fn handle(
    store: Store,
    call: Call<Anyone, Nothing, ListQuery>,
) -> Result<Json<Page<CouponView>>, Problem> {
    Ok(Json(store.coupons(&call.query, call.caller.id.as_deref(), call.request.now).await?))
}
