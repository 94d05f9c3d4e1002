//! `POST /resumes`: a resume of one to three repositories, written by a job that takes a credit.

use garde::Validate;
use jiff::civil::Date;
use maru_document::rules::{filled, paragraph};
use maru_document::{Language, Position, Template};
use maru_jobs::{Joins, NewJob, Progress};
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Member, Problem, Reply};
use maru_store::Attempt;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::queues::ResumeQueue;
use crate::repository_name::is_full_name;
use crate::resume::Visibility;
use crate::submission::{Submissions, job_id, request_key};

/// The kind of the jobs that write resumes.
pub const RESUME_JOB: &str = "resume.generate";

/// What the resume should be made of and be like.
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateResume {
    /// Full names out of the caller's list, in the order of the projects.
    #[garde(length(min = 1, max = 3), inner(custom(full_name)), custom(different))]
    pub repositories: Vec<String>,
    /// How the projects are told.
    #[garde(skip)]
    #[serde(default)]
    pub template: Template,
    /// What the owner wants to work as.
    #[garde(skip)]
    pub position: Position,
    /// The language to write in.
    #[garde(skip)]
    #[serde(default)]
    pub language: Language,
    /// What the owner would like to see, at most 1,000 characters.
    #[garde(length(chars, max = 1_000), inner(custom(paragraph), custom(filled)))]
    #[serde(default)]
    pub requirements: Option<String>,
    /// Who can see it from the start.
    #[garde(skip)]
    #[serde(default)]
    pub visibility: Visibility,
}

/// What a job that writes a resume is to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResumeInput {
    /// The resume that it will be, `res_…`.
    pub resume_id: String,
    /// Whose it will be.
    pub member_id: String,
    /// The day that its credit was taken from; given back there when the job fails.
    pub credit_day: Date,
    /// What was asked for.
    pub asked: CreateResume,
}

pub async fn handle(
    (submissions, queue): (Submissions, ResumeQueue),
    call: Call<Member, Nothing, Nothing, CreateResume>,
) -> Result<Reply, Problem> {
    let (member, now) = (call.caller.id.as_str(), call.request.now);
    let work = async |attempt: Attempt| {
        if let Some(answer) = submissions.submitted(&attempt, &queue.0).await? {
            return Ok(answer);
        }
        let repositories = submissions.store().picked(member, &call.body.repositories).await?;
        let asked = CreateResume { repositories, ..call.body.clone() };
        let new = |day| new_job(member, asked, day, &attempt);
        Ok(submissions.submit((member, now), &queue.0, new).await?)
    };
    submissions.store().table().idempotent("create_resume", &call.request, work).await
}

fn new_job(member: &str, asked: CreateResume, credit_day: Date, attempt: &Attempt) -> Result<NewJob, Error> {
    let resume_id = attempt.id("res");
    let result_url = format!("/resumes/{resume_id}");
    let key = request_key(member, &asked)?;
    let input = ResumeInput { resume_id, member_id: member.to_owned(), credit_day, asked };
    Ok(NewJob {
        id: job_id(attempt),
        kind: RESUME_JOB,
        account: Some(member.to_owned()),
        key,
        joins: Joins::WhileActive,
        input: serde_json::to_string(&input)?,
        result_url,
        progress: Progress::default(),
    })
}

fn full_name<T: AsRef<str>>(text: &T, (): &()) -> garde::Result {
    if is_full_name(text.as_ref()) {
        Ok(())
    } else {
        Err(garde::Error::new("must be the full name of a repository"))
    }
}

/// GitHub's names do not tell upper from lower case.
fn different<T: AsRef<[String]>>(names: &T, (): &()) -> garde::Result {
    let names = names.as_ref();
    let mut seen: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
    seen.sort_unstable();
    seen.dedup();
    if seen.len() == names.len() {
        Ok(())
    } else {
        Err(garde::Error::new("must name different repositories"))
    }
}
