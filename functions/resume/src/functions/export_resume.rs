//! `GET /resumes/{resumeId}/json`: the resume as JSON Resume, for other tools.

use http::{HeaderValue, StatusCode, header};
use maru_document::Document;
use maru_lambda::{Call, Member, Problem, Reply};

use super::get_resume::ResumePath;
use crate::error::Error;
use crate::json_resume;
use crate::store::Store;

pub async fn handle(store: Store, call: Call<Member, ResumePath>) -> Result<Reply, Problem> {
    let resume = store.resume(&call.caller.id, &call.path.resume_id).await?;
    let document = store.document(&resume).await?;
    let document = Document::from_json(&document).map_err(Error::from)?;
    let exported = json_resume::of(&document, resume.updated_at);
    let disposition = HeaderValue::from_static("attachment; filename=\"resume.json\"");
    Ok(Reply::json(StatusCode::OK, &exported).with_header(header::CONTENT_DISPOSITION, disposition))
}
