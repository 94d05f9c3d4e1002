//! `GET /admin/consulting/runs`: all runs, the newest first.

use maru_lambda::http::input::Nothing;
use maru_lambda::{Admin, Call, Json, Problem};
use maru_store::{ListQuery, Page};

use crate::runs::RunView;
use crate::store::Store;

pub async fn handle(
    store: Store,
    call: Call<Admin, Nothing, ListQuery>,
) -> Result<Json<Page<RunView>>, Problem> {
    Ok(Json(store.runs(&call.caller.id, &call.query).await?.map(RunView::from)))
}
