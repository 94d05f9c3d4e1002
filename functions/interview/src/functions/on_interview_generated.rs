//! An interview was generated: it is saved in its member's history, beside the answer, which is there already.

use maru_jobs::Jobs;
use maru_lambda::Message;

use crate::error::Error;
use crate::history::InterviewGenerated;
use crate::interview::{Generated, InterviewInput};
use crate::store::Store;

pub async fn handle((jobs, store): (Jobs, Store), message: Message<InterviewGenerated>) -> Result<(), Error> {
    // A job that is gone was erased with its account.
    let Some(job) = jobs.find(&message.event.data.job_id).await? else { return Ok(()) };
    let Some(result) = &job.result else { return Ok(()) };
    let input: InterviewInput = serde_json::from_str(&job.input)?;
    let Some(member) = &input.member_id else { return Ok(()) };
    let generated: Generated = serde_json::from_str(result)?;
    Ok(store.save(member, &input, (generated, job.created_at)).await?)
}
