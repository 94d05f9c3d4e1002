//! What may be asked for: a job, a career, and up to three pieces of a resume.
//!
//! What `garde` can express is refused when the body is read (`invalid_body`, docs/adr/0008); that a content is
//! no text is told by [`Asked::normalised`], because it has a code of its own.

mod choices;
mod prose;

use garde::Validate;
use maru_document::{Language, has_visible_character};
use serde::{Deserialize, Serialize};

pub use self::choices::{Career, Category, Job};
use crate::digest::digest;
use crate::masking::Masks;
use crate::text::normalised;

/// The most characters of a content: Unicode scalar values of its [`normalised`] form, so that `각` is one
/// however it was typed, and blank lines at the end are none.
pub const CONTENT_CHARACTERS: usize = 4_000;

/// The most sections of a request.
pub const SECTIONS: usize = 3;

/// A request for questions, as it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Asked {
    /// What the candidate applies as.
    #[garde(skip)]
    pub job: Job,
    /// How long the candidate has worked.
    #[garde(skip)]
    pub career: Career,
    /// The language of the questions; that of the resume may be another.
    #[garde(skip)]
    pub language: Language,
    /// What is asked about. Two may be of one category (two projects), but not the same.
    #[garde(length(min = 1, max = SECTIONS), dive, custom(different))]
    pub sections: Vec<Section>,
}

/// A piece of a resume.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Section {
    /// What it tells of.
    #[garde(skip)]
    pub category: Category,
    /// The text, at most [`CONTENT_CHARACTERS`] long.
    #[garde(custom(written))]
    pub content: String,
}

/// A section whose content is no text, such as a file in base64.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("section {section} has no words to ask about")]
pub struct NotText {
    /// Which section, from 0.
    pub section: usize,
}

impl NotText {
    /// The word for programs, beside status 400.
    pub const CODE: &str = "content_not_text";

    /// Where in the request (a JSON Pointer).
    #[must_use]
    pub fn pointer(self) -> String {
        format!("/sections/{}/content", self.section)
    }
}

impl Asked {
    /// The same request with its contents [`normalised`].
    ///
    /// # Errors
    /// [`NotText`] for the first section that has no words.
    pub fn normalised(mut self) -> Result<Self, NotText> {
        for (index, section) in self.sections.iter_mut().enumerate() {
            section.content = normalised(&section.content);
            if !prose::has_words(&section.content) {
                return Err(NotText { section: index });
            }
        }
        Ok(self)
    }

    /// What hides the personal data of all sections together.
    #[must_use]
    pub fn masks(&self) -> Masks {
        let contents: Vec<&str> = self.sections.iter().map(|section| section.content.as_str()).collect();
        Masks::of(&contents, self.language)
    }

    /// What all copies of a request of `caller` (a member's id, or what a guest is known by) have in common. It does
    /// not name the caller: an address is not kept beside a resume. To be taken of the [`Self::normalised`] one.
    ///
    /// # Errors
    /// Those of JSON, never in practice.
    pub fn key(&self, caller: &str) -> Result<String, serde_json::Error> {
        Ok(digest([caller.as_bytes(), serde_json::to_vec(self)?.as_slice()]))
    }
}

/// Between 1 and [`CONTENT_CHARACTERS`] characters of which at least one can be seen.
fn written(text: &str, (): &()) -> garde::Result {
    // Before it is normalised, which costs more the longer it is.
    let long = text.chars().count() > 4 * CONTENT_CHARACTERS;
    let text = if long { String::new() } else { normalised(text) };
    if long || text.chars().count() > CONTENT_CHARACTERS {
        return Err(garde::Error::new(format!("must have at most {CONTENT_CHARACTERS} characters")));
    }
    if has_visible_character(&text) { Ok(()) } else { Err(garde::Error::new("must not be blank")) }
}

fn different(sections: &[Section], (): &()) -> garde::Result {
    // Of more sections, or of longer ones, another rule speaks.
    let short = |section: &&Section| section.content.len() <= 4 * 4 * CONTENT_CHARACTERS;
    let mut seen: Vec<(Category, String)> = Vec::with_capacity(SECTIONS);
    for section in sections.iter().take(SECTIONS).filter(short) {
        let this = (section.category, normalised(&section.content));
        if seen.contains(&this) {
            return Err(garde::Error::new("must be different sections"));
        }
        seen.push(this);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
