//! `DELETE /interviews/{interviewId}/questions/{questionId}`: one question gone, with the feedback on it.

use garde::Validate;
use maru_lambda::{Call, Member, NoContent, Problem};
use serde::Deserialize;

use crate::store::Store;

/// Which question.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct QuestionPath {
    /// The interview that it is of.
    #[garde(length(bytes, min = 1, max = 100))]
    interview_id: String,
    /// Its id.
    #[garde(length(bytes, min = 1, max = 100))]
    question_id: String,
}

pub async fn handle(store: Store, call: Call<Member, QuestionPath>) -> Result<NoContent, Problem> {
    let QuestionPath { interview_id, question_id } = &call.path;
    store.delete_question(&call.caller.id, interview_id, question_id).await?;
    Ok(NoContent)
}
