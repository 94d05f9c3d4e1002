//! `PATCH /resumes/{resumeId}`: title, visibility, contact, position and template, those that are given.

use garde::Validate;
use http::header;
use maru_document::rules::{filled, line};
use maru_document::{Document, Position, Template};
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Member, Problem, Reply};
use serde::Deserialize;

use super::get_resume::{ResumePath, answer};
use crate::error::Error;
use crate::resume::{Cause, Resume, Settings, Visibility};
use crate::writing::{Next, Writer};

/// What changes; what is not given, or null, stays.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateResume {
    #[garde(length(chars, max = 100), inner(custom(line), custom(filled)))]
    #[serde(default)]
    title: Option<String>,
    #[garde(skip)]
    #[serde(default)]
    visibility: Option<Visibility>,
    #[garde(skip)]
    #[serde(default)]
    contact_public: Option<bool>,
    #[garde(skip)]
    #[serde(default)]
    position: Option<Position>,
    #[garde(skip)]
    #[serde(default)]
    template: Option<Template>,
}

pub async fn handle(
    writer: Writer,
    call: Call<Member, ResumePath, Nothing, UpdateResume>,
) -> Result<Reply, Problem> {
    let accepts = call.request.header(header::IF_MATCH.as_str());
    let place = (call.caller.id.as_str(), call.path.resume_id.as_str());
    let update = |resume: &Resume, document: &str| merged(&call.body, resume, document);
    let (resume, document) = writer.change(place, accepts, update).await?;
    Ok(answer(resume, document)?)
}

/// What `update` makes of a resume; none when it is so already.
fn merged(update: &UpdateResume, resume: &Resume, document: &str) -> Result<Option<Next>, Error> {
    let settings = Settings {
        title: update.title.clone().unwrap_or_else(|| resume.settings.title.clone()),
        visibility: update.visibility.unwrap_or(resume.settings.visibility),
        contact_public: update.contact_public.unwrap_or(resume.settings.contact_public),
    };
    let mut merged = document.to_owned();
    if update.position.is_some() || update.template.is_some() {
        let mut read = Document::from_json(document)?;
        read.position = update.position.unwrap_or(read.position);
        read.template = update.template.unwrap_or(read.template);
        merged = read.to_json()?;
    }
    let cause = (merged != document).then_some(Cause::Written);
    let changes = cause.is_some() || settings != resume.settings;
    Ok(changes.then_some(Next { settings, document: merged, cause, also: Vec::new() }))
}
