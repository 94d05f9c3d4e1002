//! The texts of a document that a model may be asked to change, and where each stands in the document's JSON.

use std::collections::HashMap;
use std::ops::Range;

use serde_json::value::RawValue;

/// A text of a stored document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The text.
    pub text: String,
    /// The bytes of the document's JSON that hold it, with the quotation marks.
    pub literal: Range<usize>,
}

/// Why there is no such field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// It is not one that a model may change: names, dates and addresses are facts.
    #[error("only texts can be edited: those of statements, summaries and the label")]
    NotEditable,
    /// The document has nothing there.
    #[error("the document has no text there")]
    Absent,
}

/// Whether `pointer` (a JSON Pointer, RFC 6901) names a text that a model may change.
#[must_use]
pub fn is_editable(pointer: &str) -> bool {
    let Some(path) = pointer.strip_prefix('/') else { return false };
    let tokens: Vec<&str> = path.split('/').collect();
    match tokens.as_slice() {
        ["basics", "label" | "summary"] => true,
        ["summary", index, "text"] | ["work", index, "summary"] => is_index(index),
        ["projects", project, "roles", role, "text"] => is_index(project) && is_index(role),
        ["projects", project, "star", "situation" | "task" | "action" | "result", "text"]
        | ["projects", project, "troubleshooting", "problem" | "hypothesis" | "attempt" | "result", "text"] => {
            is_index(project)
        }
        _ => false,
    }
}

/// RFC 6901 §4: digits without a leading zero.
fn is_index(token: &str) -> bool {
    token == "0"
        || (!token.starts_with('0') && !token.is_empty() && token.bytes().all(|b| b.is_ascii_digit()))
}

impl Field {
    /// The text at `pointer` in a document's JSON.
    ///
    /// # Errors
    /// [`FieldError`].
    pub fn find(json: &str, pointer: &str) -> Result<Self, FieldError> {
        if !is_editable(pointer) {
            return Err(FieldError::NotEditable);
        }
        let literal = span(json, pointer).ok_or(FieldError::Absent)?;
        let text = json.get(literal.clone()).and_then(|literal| serde_json::from_str(literal).ok());
        Ok(Self { text: text.ok_or(FieldError::Absent)?, literal })
    }
}

/// The bytes of the value at `pointer`, whose tokens hold no escapes because no name of a document does.
fn span(json: &str, pointer: &str) -> Option<Range<usize>> {
    let mut value: &RawValue = serde_json::from_str(json).ok()?;
    for token in pointer.split('/').skip(1) {
        value = if value.get().starts_with('[') {
            let items: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
            items.get(token.parse::<usize>().ok()?).copied()?
        } else {
            let mut fields: HashMap<&str, &RawValue> = serde_json::from_str(value.get()).ok()?;
            fields.remove(token)?
        };
    }
    // A raw value is a part of the text that it was read from.
    let start = (value.get().as_ptr() as usize).checked_sub(json.as_ptr() as usize)?;
    Some(start..start + value.get().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str =
        r#"{"basics":{"name":"김","summary":"a \"b\" \\ c"},"summary":[{"text":"하나"},{"text":"둘\n셋"}]}"#;

    #[test]
    fn a_field_is_found_with_its_literal() {
        for (pointer, text, literal) in [
            ("/basics/summary", "a \"b\" \\ c", r#""a \"b\" \\ c""#),
            ("/summary/1/text", "둘\n셋", r#""둘\n셋""#),
        ] {
            let field = Field::find(JSON, pointer).unwrap();
            assert_eq!((field.text.as_str(), &JSON[field.literal]), (text, literal));
        }
    }

    #[test]
    fn only_texts_that_are_there_can_be_edited() {
        for pointer in
            ["", "/", "/basics/name", "/summary/0", "/summary/01/text", "/summary/-/text", "summary/0/text"]
        {
            assert_eq!(Field::find(JSON, pointer), Err(FieldError::NotEditable), "{pointer}");
        }
        for pointer in ["/summary/2/text", "/projects/0/star/task/text", "/basics/label"] {
            assert_eq!(Field::find(JSON, pointer), Err(FieldError::Absent), "{pointer}");
        }
        assert!(is_editable("/projects/10/troubleshooting/attempt/text"));
        assert!(!is_editable("/projects/0/evidence/0/url"));
    }
}
