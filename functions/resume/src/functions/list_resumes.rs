//! `GET /resumes`: the caller's resumes, the newest first.

use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Json, Member, Problem};
use maru_store::{ListQuery, Page};

use crate::resume::ResumeSummary;
use crate::store::Store;

pub async fn handle(
    store: Store,
    call: Call<Member, Nothing, ListQuery>,
) -> Result<Json<Page<ResumeSummary>>, Problem> {
    Ok(Json(store.resumes(&call.caller.id, &call.query).await?))
}
