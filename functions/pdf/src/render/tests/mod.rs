//! What a finished file is like: read back glyph by glyph, as a reader's program does.

mod bounds;
mod hostile;
mod page_ends;
mod poppler;
mod properties;
mod reader;
mod same_bytes;
mod scripts;
mod statements;
mod structure;
mod tree;
mod version;

use maru_document::{Document, Statement, Template};

use super::{Rendered, render};

pub(super) const TEMPLATES: [Template; 3] = [Template::Basic, Template::Star, Template::Troubleshooting];

/// A backend developer's: one page and a half, stories in the form of STAR.
pub(super) fn korean() -> Document {
    Document::from_json(include_str!("../../../tests/resumes/korean.json")).unwrap()
}

/// One page, a story of troubleshooting.
pub(super) fn english() -> Document {
    Document::from_json(include_str!("../../../tests/resumes/english.json")).unwrap()
}

/// Five pages: as many projects as there may be, in two languages, no two statements alike.
pub(super) fn long() -> Document {
    let mut document = korean();
    let mut projects = document.projects.clone();
    projects.extend(english().projects);
    document.projects = projects.into_iter().cycle().take(10).collect();
    for (number, project) in (1..).zip(&mut document.projects) {
        project.name = format!("{} {number}", project.name);
        let roles = project.roles.len() * 4;
        project.roles = project.roles.iter().cycle().take(roles).cloned().collect();
    }
    for (number, statement) in (1..).zip(document.statements_mut()) {
        statement.text = format!("{} ({number})", statement.text);
    }
    document
}

/// The English resume with these statements as its summary.
pub(super) fn saying(texts: &[&str]) -> Document {
    let mut document = english();
    let statement = |text: &&str| Statement { text: (*text).to_owned(), evidence: Vec::new() };
    document.summary = texts.iter().map(statement).collect();
    document
}

pub(super) fn rendered(document: &Document, template: Template) -> Rendered {
    render(document, template).unwrap_or_else(|error| panic!("{template:?}: {error}"))
}

/// Every gap between words is one space.
pub(super) fn with_single_spaces(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without white space: a line's end is none in the file.
pub(super) fn squeezed(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}
