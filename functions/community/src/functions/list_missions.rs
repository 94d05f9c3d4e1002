//! `GET /missions`: the missions that can be drawn, the newest first.

use maru_lambda::http::input::Nothing;
use maru_lambda::{Anyone, Call, Json, Problem};
use maru_store::{ListQuery, Page};

use crate::missions::Mission;
use crate::store::Store;

pub async fn handle(
    store: Store,
    call: Call<Anyone, Nothing, ListQuery>,
) -> Result<Json<Page<Mission>>, Problem> {
    let caller = call.caller.id.unwrap_or_default();
    Ok(Json(store.missions(&call.query, &caller).await?))
}
