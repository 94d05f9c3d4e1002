//! `GET /resumes/{resumeId}`: one of the caller's resumes, with its document and its entity tag.

use garde::Validate;
use http::{StatusCode, header};
use maru_lambda::{Call, Member, Problem, Reply};
use serde::Deserialize;

use crate::entity_tag;
use crate::error::Error;
use crate::resume::Resume;
use crate::store::Store;

/// Which resume.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct ResumePath {
    /// Its id.
    #[garde(length(bytes, min = 1, max = 100))]
    pub resume_id: String,
}

pub async fn handle(store: Store, call: Call<Member, ResumePath>) -> Result<Reply, Problem> {
    let resume = store.resume(&call.caller.id, &call.path.resume_id).await?;
    let document = store.document(&resume).await?;
    Ok(answer(resume, document)?)
}

/// The answer that shows a resume to its owner.
///
/// # Errors
/// [`Error::Json`] for a document that is not JSON.
pub fn answer(resume: Resume, document: String) -> Result<Reply, Error> {
    let tag = entity_tag::of(resume.revision);
    Ok(Reply::json(StatusCode::OK, &resume.view(document)?).with_header(header::ETAG, tag))
}
