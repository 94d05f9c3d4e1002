//! `GET /interviews/{interviewId}`: one of the caller's interviews, with its questions and the newest feedback.

use garde::Validate;
use maru_lambda::{Call, Json, Member, Problem};
use serde::Deserialize;

use crate::interview::Interview;
use crate::store::Store;

/// Which interview.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct InterviewPath {
    /// Its id.
    #[garde(length(bytes, min = 1, max = 100))]
    pub interview_id: String,
}

pub async fn handle(store: Store, call: Call<Member, InterviewPath>) -> Result<Json<Interview>, Problem> {
    Ok(Json(store.interview(&call.caller.id, &call.path.interview_id).await?))
}
