//! `GET /jobs/{jobId}`: one of the caller's jobs.

use garde::Validate;
use maru_jobs::{JobView, Jobs};
use maru_lambda::{Call, Json, Member, Problem};
use serde::Deserialize;

/// Which job.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct JobPath {
    #[garde(length(bytes, min = 1, max = 100))]
    job_id: String,
}

pub async fn handle(jobs: Jobs, call: Call<Member, JobPath>) -> Result<Json<JobView>, Problem> {
    let job = jobs.find(&call.path.job_id).await?;
    let own = job.filter(|job| job.account.as_ref() == Some(&call.caller.id));
    own.map(|job| Json(job.into())).ok_or_else(Problem::not_found)
}
