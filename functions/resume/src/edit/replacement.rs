//! Replacing a selection: the new document, and the proof that nothing else changed.
//!
//! The model gives the replacement and never sees a chance to write anything else: the new JSON text is the old
//! one with some bytes exchanged. That this is so is then proved from the two texts alone, so that a mistake in
//! finding the bytes cannot pass either.

use std::ops::Range;

use maru_document::{Document, DocumentError};
use serde_json::Value;

use super::field::Field;
use super::selection::is_border;

/// Why a selection cannot be replaced.
#[derive(Debug, thiserror::Error)]
pub enum ReplaceError {
    /// The replacement would melt into what stands beside it: a mark that joins the character before, say.
    #[error("the replacement would change the characters beside it")]
    Melts,
    /// The new document breaks a bound.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// Something outside the selection would change. Never seen: a fault of ours.
    #[error("something outside the selection would change")]
    NotProved,
}

/// The JSON text of the document `json` with the bytes `selected` of its field at `pointer` replaced.
///
/// # Errors
/// [`ReplaceError`].
pub fn replace(
    json: &str,
    pointer: &str,
    field: &Field,
    selected: Range<usize>,
    replacement: &str,
) -> Result<String, ReplaceError> {
    let outside = field.text.get(..selected.start).zip(field.text.get(selected.end..));
    let (head, tail) = outside.ok_or(ReplaceError::NotProved)?;
    let text = [head, replacement, tail].concat();
    if !is_border(&text, head.len()) || !is_border(&text, head.len() + replacement.len()) {
        return Err(ReplaceError::Melts);
    }
    let left = field.literal.start + '"'.len_utf8() + escaped(head)?.len();
    let right = field.literal.end.saturating_sub('"'.len_utf8() + escaped(tail)?.len());
    let (before, behind) = json.get(..left).zip(json.get(right..)).ok_or(ReplaceError::NotProved)?;
    let replaced = [before, &escaped(replacement)?, behind].concat();
    // The bounds, and that this is the one text of the new document.
    if Document::from_json(&replaced)?.to_json()? != replaced {
        return Err(ReplaceError::NotProved);
    }
    if proved(json, &replaced, pointer, &text) { Ok(replaced) } else { Err(ReplaceError::NotProved) }
}

/// Whether two JSON texts hold the same but for the text at `pointer`, which the second has as `text`.
///
/// It reads both anew and shares nothing with the way the second was made.
fn proved(json: &str, replaced: &str, pointer: &str, text: &str) -> bool {
    let read = |json: &str| serde_json::from_str::<Value>(json).ok();
    let Some((mut expected, found)) = read(json).zip(read(replaced)) else { return false };
    let Some(field) = expected.pointer_mut(pointer) else { return false };
    *field = Value::String(text.to_owned());
    expected == found
}

/// `text` as it stands in a JSON text, without the quotation marks.
fn escaped(text: &str) -> Result<String, ReplaceError> {
    let literal = serde_json::to_string(text).map_err(DocumentError::Shape)?;
    Ok(literal.get(1..literal.len() - 1).unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests;
