//! `POST /coupons/{couponId}/claims`: the caller gets a piece of a coupon, if they are among the first.
//!
//! Whoever has one is given it again, however often and however late they ask; with the `Idempotency-Key` of the request
//! that got it, in the answer of that one. Whoever will get none is refused by what was read, without a write.

use maru_lambda::{Call, Created, Json, Member, Problem, Reply};
use maru_store::Attempt;

use super::CouponPath;
use crate::coupons::Claimed;
use crate::error::Error;
use crate::store::Store;

pub async fn handle(store: Store, call: Call<Member, CouponPath>) -> Result<Reply, Problem> {
    let (coupon, caller, now) = (&call.path.coupon_id, &call.caller.id, call.request.now);
    let coupon = store.coupon(coupon).await?.ok_or(Error::NotFound)?;
    if let Err(refusal) = store.check_claimable(&coupon, caller, now).await {
        if let Some(reply) = store.table().answered("claim_coupon", &call.request).await? {
            return Ok(reply);
        }
        // Read after the coupon: once it is sold out there are no new claims, so that whoever has none will have none.
        let before = store.claim_of(caller, &coupon.id).await?.ok_or(refusal)?;
        return Ok(Json(before.view(now)).into());
    }
    let work = async |_: Attempt| match store.take(&coupon, caller).await? {
        Claimed::New(claim) => Ok(Created(claim.view(now)).into()),
        Claimed::Before(claim) => Ok(Json(claim.view(now)).into()),
    };
    store.table().idempotent("claim_coupon", &call.request, work).await
}
