//! A document as JSON Resume 1.0.0 (<https://github.com/jsonresume/resume-schema/blob/v1.0.0/schema.json>).
//!
//! What that has no place for is told in its words: statements become highlights, a story a description, links
//! profiles. Evidence stays behind.

use jiff::Timestamp;
use maru_document::{Certificate, Document, Education, Language, Link, Project, Skill, Statement, Work};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Map, Value, json};

/// Where the schema of what is exported lies.
const SCHEMA: &str = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json";

/// What an address may have and a URI (RFC 3986) may not, besides what is not ASCII.
const NOT_IN_A_URI: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// `document`, last changed at `changed`, as JSON Resume.
#[must_use]
pub fn of(document: &Document, changed: Timestamp) -> Value {
    let seconds = changed.strftime("%Y-%m-%dT%H:%M:%S").to_string();
    json!({
        "$schema": SCHEMA,
        "basics": basics(document),
        "work": document.work.iter().map(work).collect::<Vec<_>>(),
        "education": document.education.iter().map(education).collect::<Vec<_>>(),
        "certificates": document.certificates.iter().map(certificate).collect::<Vec<_>>(),
        "skills": document.skills.iter().map(|Skill { name, .. }| json!({ "name": name })).collect::<Vec<_>>(),
        "projects":
            document.projects.iter().map(|one| project(one, document.language)).collect::<Vec<_>>(),
        "meta": { "canonical": SCHEMA, "version": "v1.0.0", "lastModified": seconds },
    })
}

fn basics(document: &Document) -> Value {
    let basics = &document.basics;
    let own = basics.summary.iter().map(String::as_str);
    let paragraphs: Vec<&str> = own.chain(document.summary.iter().map(text)).collect();
    let summary = (!paragraphs.is_empty()).then(|| paragraphs.join("\n"));
    let profiles: Vec<Value> = document
        .links
        .iter()
        .map(|Link { title, url }| json!({ "network": title, "url": uri(url) }))
        .collect();
    given(json!({
        "name": basics.name,
        "label": basics.label,
        "email": basics.email,
        "phone": basics.phone,
        "image": basics.image.as_deref().map(uri),
        "summary": summary,
        "profiles": profiles,
    }))
}

fn work(work: &Work) -> Value {
    given(json!({
        "name": work.name,
        "description": work.department,
        "position": work.position,
        "startDate": work.start_date,
        "endDate": work.end_date,
        "summary": work.summary,
    }))
}

fn education(school: &Education) -> Value {
    given(json!({
        "institution": school.institution,
        "area": school.area,
        "studyType": school.school_type,
        "startDate": school.start_date,
        "endDate": school.end_date,
    }))
}

fn certificate(certificate: &Certificate) -> Value {
    let Certificate { name, grade, date, issuer } = certificate;
    // The format has no grade; with the name it is read by people as well.
    let name = grade.as_ref().map_or_else(|| name.clone(), |grade| format!("{name} ({grade})"));
    json!({ "name": name, "date": date, "issuer": issuer })
}

fn project(project: &Project, language: Language) -> Value {
    given(json!({
        "name": project.name,
        "description": story(project, language),
        "highlights": project.roles.iter().map(text).collect::<Vec<_>>(),
        "keywords": project.skills,
        "startDate": project.start_date,
        "endDate": project.end_date,
        "url": project.url.as_deref().map(uri),
    }))
}

/// The stories of a project, a line for each part; none if it has none.
fn story(project: &Project, language: Language) -> Option<String> {
    let star = project.star.as_ref().map(|star| {
        [
            (["상황", "Situation"], &star.situation),
            (["과제", "Task"], &star.task),
            (["행동", "Action"], &star.action),
            (["결과", "Result"], &star.result),
        ]
    });
    let troubleshooting = project.troubleshooting.as_ref().map(|story| {
        [
            (["문제", "Problem"], &story.problem),
            (["가설", "Hypothesis"], &story.hypothesis),
            (["시도", "Attempt"], &story.attempt),
            (["결과", "Result"], &story.result),
        ]
    });
    let lines: Vec<String> = star
        .into_iter()
        .chain(troubleshooting)
        .flatten()
        .map(|([korean, english], statement)| {
            let label = if language == Language::Ko { korean } else { english };
            format!("{label}: {}", statement.text)
        })
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn text(statement: &Statement) -> &str {
    &statement.text
}

fn uri(address: &str) -> String {
    utf8_percent_encode(address, NOT_IN_A_URI).to_string()
}

/// Without the fields that are null, which the schema does not take.
fn given(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            fields.into_iter().filter(|(_, value)| !value.is_null()).collect::<Map<_, _>>().into()
        }
        other => other,
    }
}

#[cfg(test)]
mod tests;
