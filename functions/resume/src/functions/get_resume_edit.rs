//! `GET /resumes/{resumeId}/edits/{editId}`: what a model proposed.

use garde::Validate;
use maru_lambda::{Call, Json, Member, Problem};
use serde::Deserialize;

use crate::edit::Proposal;
use crate::error::Error;
use crate::store::Store;

/// Which edit of which resume.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct EditPath {
    /// The resume.
    #[garde(length(bytes, min = 1, max = 100))]
    pub resume_id: String,
    /// The edit.
    #[garde(length(bytes, min = 1, max = 100))]
    pub edit_id: String,
}

pub async fn handle(store: Store, call: Call<Member, EditPath>) -> Result<Json<Proposal>, Problem> {
    let EditPath { resume_id, edit_id } = &call.path;
    let member = &call.caller.id;
    // The resume first: what is left of a deleted one is not there any more.
    store.resume(member, resume_id).await?;
    let proposal = store.proposal(member, resume_id, edit_id).await?;
    Ok(Json(proposal.ok_or(Error::NotFound)?))
}
