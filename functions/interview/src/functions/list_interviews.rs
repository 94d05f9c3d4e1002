//! `GET /interviews`: the caller's interviews, the newest first.

use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Json, Member, Problem};
use maru_store::{ListQuery, Page};

use crate::interview::Summary;
use crate::store::Store;

pub async fn handle(
    store: Store,
    call: Call<Member, Nothing, ListQuery>,
) -> Result<Json<Page<Summary>>, Problem> {
    Ok(Json(store.interviews(&call.caller.id, &call.query).await?))
}
