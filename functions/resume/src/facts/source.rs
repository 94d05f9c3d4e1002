//! What a statement may rest on: one thing in a repository, with its text.

use jiff::civil::Date;
use maru_document::{Evidence, EvidenceKind};
use serde::{Deserialize, Serialize};

/// A commit, a pull request, a section of the README, a language or a declared technology.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// What it is.
    pub kind: EvidenceKind,
    /// What a model calls it; no other source of its kind in the repository has the same.
    pub id: String,
    /// What a document calls it: a commit's hash, a pull request's number, a path, a language.
    pub reference: String,
    /// Its page.
    pub url: String,
    /// When it was written or merged, a day in Asia/Seoul.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// What it says.
    pub text: String,
}

impl Source {
    /// Whether it shows what the person did themself, rather than what the project is.
    #[must_use]
    pub fn is_deed(&self) -> bool {
        matches!(self.kind, EvidenceKind::Commit | EvidenceKind::Pull)
    }

    /// As a document names it.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        Evidence { kind: self.kind, reference: self.reference.clone(), url: self.url.clone() }
    }
}

/// The name of a kind in prompts and in what a model answers.
#[must_use]
pub const fn kind_name(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Commit => "commit",
        EvidenceKind::Pull => "pull",
        EvidenceKind::Readme => "readme",
        EvidenceKind::Language => "language",
    }
}
