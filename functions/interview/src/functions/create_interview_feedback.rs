//! `POST /interviews/{interviewId}/feedback`: a job that grades answers to an interview's questions.

use garde::Validate;
use interview_rules::feedback::ANSWER_CHARACTERS;
use interview_rules::normalised;
use maru_jobs::{Joins, NewJob, Progress};
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Member, Problem, Reply};
use maru_store::Attempt;
use serde::Deserialize;

use super::get_interview::InterviewPath;
use crate::error::Error;
use crate::grading::{FeedbackInput, Given};
use crate::intake::Intake;
use crate::interview::KeptQuestion;
use crate::queues::FeedbackQueue;
use crate::store::Store;

/// The kind of the jobs that grade answers.
pub const FEEDBACK_JOB: &str = "interview.feedback";

/// The answers.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateFeedback {
    /// One to nine, each to another question.
    #[garde(length(min = 1, max = 9), dive, custom(different))]
    answers: Vec<Answer>,
}

/// An answer to one question.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Answer {
    /// The question's id.
    #[garde(length(bytes, min = 1, max = 100))]
    #[garde(rename("questionId"))]
    question_id: String,
    /// What was answered, at most 4,000 characters; nothing is an answer, too.
    #[garde(custom(short))]
    answer: String,
}

type FeedbackCall = Call<Member, InterviewPath, Nothing, CreateFeedback>;

pub async fn handle((intake, queue): (Intake, FeedbackQueue), call: FeedbackCall) -> Result<Reply, Problem> {
    let work = async |attempt: Attempt| {
        if let Some(answer) = intake.started(&attempt, &queue.0).await? {
            return Ok(answer);
        }
        let new = match new_job(intake.store(), &call, &attempt).await {
            Err(Error::NotFound) => {
                return Err(intake.missing(&call.caller.id, &call.path.interview_id).await?.into());
            }
            new => new?,
        };
        Ok(intake.start(&queue.0, new).await?)
    };
    intake.store().table().idempotent("create_interview_feedback", &call.request, work).await
}

async fn new_job(store: &Store, call: &FeedbackCall, attempt: &Attempt) -> Result<NewJob, Error> {
    let (member, id) = (&call.caller.id, &call.path.interview_id);
    let summary = store.summary(member, id).await?;
    let questions = store.questions(member, id).await?;
    let input = FeedbackInput {
        interview_id: id.clone(),
        member_id: member.clone(),
        language: summary.language,
        job: summary.job,
        career: summary.career,
        answers: given(&call.body.answers, &questions)?,
    };
    let total = u32::try_from(input.answers.len()).unwrap_or(u32::MAX);
    Ok(NewJob {
        id: attempt.id("job"),
        kind: FEEDBACK_JOB,
        account: Some(member.clone()),
        key: input.key(),
        joins: Joins::WhileActive,
        input: serde_json::to_string(&input)?,
        result_url: format!("/interviews/{id}"),
        progress: Progress { done: 0, total, label: String::new() },
    })
}

/// The answers with the questions that they are to.
fn given(answers: &[Answer], questions: &[KeptQuestion]) -> Result<Vec<Given>, Error> {
    let given = answers.iter().enumerate().map(|(place, answer)| {
        let question = questions.iter().find(|kept| kept.question.id == answer.question_id);
        let question = question.ok_or(Error::UnknownQuestion { place })?.question.question.clone();
        Ok(Given { question_id: answer.question_id.clone(), question, answer: normalised(&answer.answer) })
    });
    given.collect()
}

fn short(answer: &str, (): &()) -> garde::Result {
    // Before it is normalised, which costs more the longer it is.
    let long = answer.chars().count() > 4 * ANSWER_CHARACTERS;
    if long || normalised(answer).chars().count() > ANSWER_CHARACTERS {
        return Err(garde::Error::new(format!("must have at most {ANSWER_CHARACTERS} characters")));
    }
    Ok(())
}

fn different(answers: &[Answer], (): &()) -> garde::Result {
    let repeated = |(place, answer): (usize, &Answer)| {
        answers.iter().take(place).any(|before| before.question_id == answer.question_id)
    };
    if answers.iter().enumerate().any(repeated) {
        return Err(garde::Error::new("must be answers to different questions"));
    }
    Ok(())
}
