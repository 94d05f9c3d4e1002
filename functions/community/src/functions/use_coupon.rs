//! `POST /me/coupons/{claimId}/use`: uses one's own coupon, once.

use maru_lambda::{Call, Json, Member, Problem, Reply};
use maru_store::Attempt;

use super::ClaimPath;
use crate::store::Store;

pub async fn handle(store: Store, call: Call<Member, ClaimPath>) -> Result<Reply, Problem> {
    let (claim, caller, now) = (&call.path.claim_id, &call.caller.id, call.request.now);
    let work = async |attempt: Attempt| {
        let claim = store.use_claim(caller, claim, &attempt.id("use"), now).await?;
        Ok(Json(claim.view(now)).into())
    };
    store.table().idempotent("use_coupon", &call.request, work).await
}
