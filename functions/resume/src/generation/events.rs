//! What watchers of the job see of its steps.

use maru_jobs::{EventKind, Failure, NewEvent};
use serde::Serialize;
use serde_json::{Value, json};

use crate::facts::Digest;

/// A finished part, for watchers: the section of the document that it belongs to, and of which repository it
/// tells.
pub(super) fn item(section: &str, repository: &str, value: &impl Serialize) -> NewEvent {
    NewEvent::new(
        EventKind::Item,
        json!({ "section": section, "repository": repository, "value": json!(value) }),
    )
}

/// A repository that failed, for watchers.
pub(super) fn failure_of(repository: &str, failure: &Failure) -> NewEvent {
    let Failure { code, detail } = failure;
    NewEvent::new(EventKind::Error, json!({ "repository": repository, "code": code, "detail": detail }))
}

/// What watchers see of a digest; `pulls` is null where it is not known how many there are.
pub(super) fn facts_of(digest: &Digest) -> Value {
    let skills: Vec<String> = digest.skills().into_iter().map(|skill| skill.name).collect();
    json!({
        "commits": digest.commit_count,
        "pulls": digest.pull_count,
        "startDate": digest.started,
        "endDate": digest.ended,
        "skills": skills,
    })
}
