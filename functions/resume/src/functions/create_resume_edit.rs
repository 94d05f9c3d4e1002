//! `POST /resumes/{resumeId}/edits`: a job that proposes what could stand in place of a selection.

use garde::Validate;
use jiff::civil::Date;
use maru_document::rules::{filled, paragraph};
use maru_jobs::{Joins, NewJob, Progress};
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Member, Problem, Reply};
use maru_store::Attempt;
use serde::{Deserialize, Serialize};

use super::get_resume::ResumePath;
use crate::edit::{EditInput, Field, Selected, select};
use crate::error::Error;
use crate::queues::EditQueue;
use crate::store::Store;
use crate::submission::{Submissions, job_id, request_key};

/// The kind of the jobs that propose edits.
const EDIT_JOB: &str = "resume.edit";

/// What is selected, and how it should change.
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateEdit {
    /// The field: a JSON Pointer into the document, such as `/projects/0/roles/1/text`.
    #[garde(length(bytes, max = 200))]
    pointer: String,
    /// Where the selection begins in the field's text, in UTF-16 code units, as browsers count.
    #[garde(range(max = 10_000))]
    start: usize,
    /// Where it ends, in UTF-16 code units.
    #[garde(range(max = 10_000))]
    end: usize,
    /// What is selected, so that a page that is not of today changes nothing.
    #[garde(rename("selectedText"), length(chars, min = 1, max = 2_000))]
    selected_text: String,
    /// How it should change, at most 500 characters.
    #[garde(length(chars, max = 500), custom(paragraph), custom(filled))]
    instruction: String,
}

type EditCall = Call<Member, ResumePath, Nothing, CreateEdit>;

pub async fn handle(
    (submissions, queue): (Submissions, EditQueue),
    call: EditCall,
) -> Result<Reply, Problem> {
    let work = async |attempt: Attempt| {
        if let Some(answer) = submissions.submitted(&attempt, &queue.0).await? {
            return Ok(answer);
        }
        let selected = selected(submissions.store(), &call).await?;
        let place = (call.caller.id.as_str(), call.request.now);
        Ok(submissions.submit(place, &queue.0, |day| new_job(&call, selected, day, &attempt)).await?)
    };
    submissions.store().table().idempotent("create_resume_edit", &call.request, work).await
}

/// What the caller selected, if it stands where the caller says.
async fn selected(store: &Store, call: &EditCall) -> Result<Selected, Error> {
    let CreateEdit { pointer, start, end, selected_text, .. } = &call.body;
    let resume = store.resume(&call.caller.id, &call.path.resume_id).await?;
    let field = Field::find(&store.document(&resume).await?, pointer)?;
    let range = select(&field.text, *start, *end)?;
    if field.text.get(range) != Some(selected_text.as_str()) {
        return Err(Error::SelectionMoved);
    }
    let (pointer, before) = (pointer.clone(), selected_text.clone());
    Ok(Selected { pointer, start: *start, end: *end, text: field.text, before })
}

fn new_job(
    call: &EditCall,
    selected: Selected,
    credit_day: Date,
    attempt: &Attempt,
) -> Result<NewJob, Error> {
    let (member, resume_id) = (&call.caller.id, &call.path.resume_id);
    let edit_id = attempt.id("edt");
    let result_url = format!("/resumes/{resume_id}/edits/{edit_id}");
    // With the text around the selection: the same words elsewhere are another request.
    let key = request_key(member, &(resume_id, &selected, &call.body.instruction))?;
    let input = EditInput {
        edit_id,
        resume_id: resume_id.clone(),
        member_id: member.clone(),
        credit_day,
        selected,
        instruction: call.body.instruction.clone(),
    };
    Ok(NewJob {
        id: job_id(attempt),
        kind: EDIT_JOB,
        account: Some(member.clone()),
        key,
        joins: Joins::WhileActive,
        input: serde_json::to_string(&input)?,
        result_url,
        progress: Progress::default(),
    })
}
