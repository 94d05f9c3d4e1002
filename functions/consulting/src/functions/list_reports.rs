//! `GET /consulting/reports`: the caller's reports, the newest first.

use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Json, Lecturer, Problem};
use maru_store::{ListQuery, Page};

use crate::report::ReportSummary;
use crate::store::Store;

pub async fn handle(
    store: Store,
    call: Call<Lecturer, Nothing, ListQuery>,
) -> Result<Json<Page<ReportSummary>>, Problem> {
    Ok(Json(store.reports(&call.caller.id, &call.query).await?))
}
