//! `GET /credits`: the caller's uses of AI today.

use maru_lambda::{Call, Json, Member, Problem};

use crate::credits::Credits;
use crate::store::Store;

pub async fn handle(store: Store, call: Call<Member>) -> Result<Json<Credits>, Problem> {
    Ok(Json(store.credits(&call.caller.id, call.request.now).await?))
}
