//! `PUT /resumes/{resumeId}`: the document as its owner wrote it, in place of the one that `If-Match` names.

use garde::Validate;
use http::header;
use maru_document::Document;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Member, Problem, Reply};
use serde::Deserialize;

use super::get_resume::{ResumePath, answer};
use crate::error::Error;
use crate::provenance::keep_proved;
use crate::resume::{Cause, Resume};
use crate::writing::{Next, Writer};

/// The new document.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReplaceResume {
    /// All of it. Evidence stays only where the text that it proves stays.
    #[garde(dive)]
    document: Document,
}

pub async fn handle(
    writer: Writer,
    call: Call<Member, ResumePath, Nothing, ReplaceResume>,
) -> Result<Reply, Problem> {
    let accepts = call.request.header(header::IF_MATCH.as_str()).ok_or(Error::PreconditionMissing)?;
    let replace = |resume: &Resume, document: &str| {
        let written = keep_proved(&Document::from_json(document)?, call.body.document.clone());
        let written = written.to_json()?;
        let cause = (written != document).then_some(Cause::Written);
        let settings = resume.settings.clone();
        Ok(cause.map(|cause| Next { settings, document: written, cause: Some(cause), also: Vec::new() }))
    };
    let place = (call.caller.id.as_str(), call.path.resume_id.as_str());
    let (resume, document) = writer.change(place, Some(accepts), replace).await?;
    Ok(answer(resume, document)?)
}
