//! `GET /jobs/{jobId}`: one of the caller's jobs, or a guest's by the token of its `streamUrl`.

use garde::Validate;
use maru_jobs::{Job, JobView, Jobs};
use maru_lambda::{Anyone, Call, Json, Problem};
use serde::Deserialize;

/// Which job.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct JobPath {
    #[garde(length(bytes, min = 1, max = 100))]
    job_id: String,
}

/// By which right.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(deny_unknown_fields, default)]
pub struct JobQuery {
    /// The token of a guest's `streamUrl`; a member's job takes the owner's access token.
    #[garde(length(bytes, max = 200))]
    token: Option<String>,
}

pub async fn handle(jobs: Jobs, call: Call<Anyone, JobPath, JobQuery>) -> Result<Json<JobView>, Problem> {
    let job = jobs.find(&call.path.job_id).await?;
    let readable = job.filter(|job| may_read(job, &call));
    readable.map(|job| Json(job.into())).ok_or_else(Problem::not_found)
}

/// A member's job takes its owner's access token: the token in a link that was passed on opens the stream alone.
fn may_read(job: &Job, call: &Call<Anyone, JobPath, JobQuery>) -> bool {
    match &job.account {
        Some(owner) => call.caller.id.as_ref() == Some(owner),
        None => job.has_token(call.query.token.as_deref()),
    }
}
