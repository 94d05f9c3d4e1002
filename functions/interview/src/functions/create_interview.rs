//! `POST /interviews`: questions about one to three pieces of a resume, written by a job that can be watched.

use interview_rules::request::Asked;
use maru_jobs::{Joins, NewJob, Progress};
use maru_lambda::http::input::Nothing;
use maru_lambda::{Anyone, Call, Problem, Reply};
use maru_store::Attempt;

use crate::asker::Asker;
use crate::error::Error;
use crate::intake::Intake;
use crate::interview::InterviewInput;
use crate::queues::InterviewQueue;

/// The kind of the jobs that generate interviews.
pub const INTERVIEW_JOB: &str = "interview.generate";

pub async fn handle(
    (intake, queue): (Intake, InterviewQueue),
    call: Call<Anyone, Nothing, Nothing, Asked>,
) -> Result<Reply, Problem> {
    let asker = Asker::of(&call.caller, &call.request.source_ip);
    let work = async |attempt: Attempt| {
        if let Some(answer) = intake.started(&attempt, &queue.0).await? {
            return Ok(answer);
        }
        let new = new_job(&asker, call.body.clone(), &attempt)?;
        Ok(intake.start_paced(&asker, &queue.0, new).await?)
    };
    intake.store().table().idempotent("create_interview", &call.request, work).await
}

fn new_job(asker: &Asker, asked: Asked, attempt: &Attempt) -> Result<NewJob, Error> {
    let asked = asked.normalised()?;
    let key = asked.key(&asker.name())?;
    let (id, interview_id) = (attempt.id("job"), attempt.id("int"));
    let member_id = asker.member().map(str::to_owned);
    let result_url = match &member_id {
        Some(_) => format!("/interviews/{interview_id}"),
        // Nothing is kept of a guest but the job, which the token of its streamUrl opens.
        None => format!("/jobs/{id}"),
    };
    let total = u32::try_from(asked.sections.len()).unwrap_or(u32::MAX);
    let input = InterviewInput { interview_id, member_id: member_id.clone(), asked };
    Ok(NewJob {
        id,
        kind: INTERVIEW_JOB,
        account: member_id,
        key,
        joins: Joins::WhileActive,
        input: serde_json::to_string(&input)?,
        result_url,
        progress: Progress { done: 0, total, label: String::new() },
    })
}
