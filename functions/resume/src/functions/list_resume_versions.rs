//! `GET /resumes/{resumeId}/versions`: what the resume was, the newest first.

use maru_lambda::{Call, Json, Member, Problem};
use maru_store::{ListQuery, Page};

use super::get_resume::ResumePath;
use crate::resume::Version;
use crate::store::Store;

pub async fn handle(
    store: Store,
    call: Call<Member, ResumePath, ListQuery>,
) -> Result<Json<Page<Version>>, Problem> {
    let (member, id) = (&call.caller.id, &call.path.resume_id);
    store.resume(member, id).await?;
    Ok(Json(store.versions(member, id, &call.query).await?))
}
