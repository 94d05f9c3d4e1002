//! Which commits, pull requests and sections a model is shown, and how much of each.

use jiff::Timestamp;
use jiff::civil::Date;
use maru_document::EvidenceKind;

use super::message::{Said, beginning, read};
use super::{Collected, Pull, Source, markdown, selection};

/// The most commits that a model is shown of one repository.
const MOST_COMMITS: usize = 40;
/// The most pull requests that a model is shown of one repository.
const MOST_PULLS: usize = 15;
/// The most characters of a pull request's text that are shown.
const PULL_CHARACTERS: usize = 400;
/// How much of a commit's hash a model is shown. Twelve digits are unique even in the largest repositories.
const HASH_DIGITS: usize = 12;

/// The newest merged pull requests.
pub(super) fn pulls(collected: &Collected) -> impl Iterator<Item = Source> {
    collected.pulls.iter().take(MOST_PULLS).map(pull)
}

fn pull(pull: &Pull) -> Source {
    let title = read(&pull.title).subject;
    let body = read(&format!("\n{}", pull.body)).body;
    Source {
        kind: EvidenceKind::Pull,
        id: pull.number.to_string(),
        reference: pull.number.to_string(),
        url: pull.url.clone(),
        date: Some(day(pull.merged_at)),
        text: joined(&title, beginning(&body, PULL_CHARACTERS)),
    }
}

/// The commits that tell most.
pub(super) fn commits(collected: &Collected) -> impl Iterator<Item = Source> {
    let told = selection::telling(&collected.commits, MOST_COMMITS);
    told.into_iter().map(|(commit, Said { subject, body, .. })| Source {
        kind: EvidenceKind::Commit,
        id: beginning(&commit.sha, HASH_DIGITS).to_owned(),
        reference: commit.sha.clone(),
        url: commit.url.clone(),
        date: Some(day(commit.written_at)),
        text: joined(&subject, &body),
    })
}

/// The sections of the README, if the person wrote in it: what others wrote says nothing of them.
pub(super) fn readme(collected: &Collected) -> Vec<Source> {
    let Some(readme) = collected.readme.as_ref().filter(|readme| readme.own) else { return Vec::new() };
    let sections = markdown::sections(&readme.text).into_iter().enumerate();
    let sources = sections.map(|(place, section)| Source {
        kind: EvidenceKind::Readme,
        id: format!("{}#{}", readme.path, place + 1),
        reference: readme.path.clone(),
        url: readme.url.clone(),
        date: None,
        text: joined(&section.heading, &section.text),
    });
    sources.collect()
}

fn joined(first: &str, rest: &str) -> String {
    [first, rest].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

fn day(moment: Timestamp) -> Date {
    maru_lambda::day_in_seoul(moment)
}
