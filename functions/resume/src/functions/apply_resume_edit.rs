//! `POST /resumes/{resumeId}/edits/{editId}/apply`: the proposal in place of the selection, as a new version.
//!
//! The text of the field has to be the one that the proposal was made for: then the owner gets what they saw.
//! Another change of the document does not stand in the way. An edit that was applied already is answered as it
//! was the first time: with the resume as it is. So is one that proposes the words that stand there.

use http::header;
use maru_lambda::{Call, Member, Problem, Reply};
use maru_store::Attempt;

use super::get_resume::answer;
use super::get_resume_edit::EditPath;
use crate::edit::{Field, FieldError, Proposal, replace, select};
use crate::error::Error;
use crate::resume::{Cause, Resume};
use crate::store::Store;
use crate::writing::{Next, Writer};

pub async fn handle(writer: Writer, call: Call<Member, EditPath>) -> Result<Reply, Problem> {
    let work = async |_: Attempt| Ok(applied(&writer, &call).await?);
    writer.store().table().idempotent("apply_resume_edit", &call.request, work).await
}

async fn applied(writer: &Writer, call: &Call<Member, EditPath>) -> Result<Reply, Error> {
    let place = (call.caller.id.as_str(), call.path.resume_id.as_str());
    let accepts = call.request.header(header::IF_MATCH.as_str());
    let proposal = proposal(writer.store(), call).await?;
    if proposal.applied_as.is_some() {
        return present(writer.store(), place).await;
    }
    let apply = |resume: &Resume, present: &str| {
        let document = edited(&proposal, present)?;
        if document == present {
            return Ok(None);
        }
        let taken = writer.store().take_proposal(place.0, &proposal, resume.version + 1)?;
        let cause = Some(Cause::Edited { edit_id: proposal.edit_id.clone() });
        Ok(Some(Next { settings: resume.settings.clone(), document, cause, also: vec![taken] }))
    };
    match writer.change(place, accepts, apply).await {
        Ok((resume, document)) => answer(resume, document),
        // The other of two clicks may have been the one that moved the text, or the revision.
        Err(error @ (Error::SelectionMoved | Error::Overtaken | Error::Stale)) => {
            match self::proposal(writer.store(), call).await?.applied_as {
                Some(_) => present(writer.store(), place).await,
                None => Err(error),
            }
        }
        Err(error) => Err(error),
    }
}

async fn proposal(store: &Store, call: &Call<Member, EditPath>) -> Result<Proposal, Error> {
    let EditPath { resume_id, edit_id } = &call.path;
    store.proposal(&call.caller.id, resume_id, edit_id).await?.ok_or(Error::NotFound)
}

async fn present(store: &Store, (member, id): (&str, &str)) -> Result<Reply, Error> {
    let resume = store.resume(member, id).await?;
    let document = store.document(&resume).await?;
    answer(resume, document)
}

/// The JSON text of `document` with the proposal in place of the selection.
fn edited(proposal: &Proposal, document: &str) -> Result<String, Error> {
    let selected = &proposal.selected;
    let field = match Field::find(document, &selected.pointer) {
        Err(FieldError::Absent) => return Err(Error::SelectionMoved),
        field => field?,
    };
    if field.text != selected.text {
        return Err(Error::SelectionMoved);
    }
    let range = select(&field.text, selected.start, selected.end)?;
    Ok(replace(document, &selected.pointer, &field, range, &proposal.after)?)
}
