//! Statements, and what proves them.

use garde::Validate;
use serde::{Deserialize, Serialize};

use crate::bounds::{ADDRESS, NAME, TEXT, web_address};
use crate::rules::{filled, line, paragraph};

/// One statement of the summary or of a project.
///
/// A generated statement carries evidence; one that a person wrote has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Statement {
    /// What is stated, at most 2,000 characters.
    #[garde(length(chars, max = TEXT), custom(paragraph), custom(filled))]
    pub text: String,
    /// What proves it.
    #[garde(length(max = 20), dive)]
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

/// Something in a repository that proves a statement.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Evidence {
    /// What it is.
    #[garde(skip)]
    pub kind: EvidenceKind,
    /// Its name: a commit's hash, a pull request's number, a file's path, a language.
    #[garde(length(chars, min = 1, max = 300), custom(line))]
    #[serde(rename = "ref")]
    pub reference: String,
    /// Where a reader can see it.
    #[garde(length(chars, max = ADDRESS), custom(web_address))]
    pub url: String,
}

/// What kind of thing proves a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EvidenceKind {
    /// A commit of the person's own.
    Commit,
    /// A merged pull request of the person's own.
    Pull,
    /// A document in the repository, such as its README.
    Readme,
    /// A language or a manifest's entry.
    Language,
}

/// A technology.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Skill {
    /// Its name.
    #[garde(length(chars, max = NAME), custom(line), custom(filled))]
    pub name: String,
    /// What shows that it was used.
    #[garde(length(max = 20), dive)]
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}
