//! `DELETE /interviews/{interviewId}`: gone with its questions and all feedback.

use maru_lambda::{Call, Member, NoContent, Problem};

use super::get_interview::InterviewPath;
use crate::store::Store;

pub async fn handle(store: Store, call: Call<Member, InterviewPath>) -> Result<NoContent, Problem> {
    store.delete(&call.caller.id, &call.path.interview_id).await?;
    Ok(NoContent)
}
