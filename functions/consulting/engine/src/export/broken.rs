//! Rows that cannot be used: why, where, and when there are too many of them to go on.

use serde::{Deserialize, Serialize};

/// How many bytes of a broken row are kept in the quarantine.
const LONGEST_KEPT_ROW_BYTES: usize = 2_000;

/// Why a row cannot be used; on the wire the `snake_case` of the name, which stays the same for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The row is not valid UTF-8.
    InvalidUtf8,
    /// The line is not a JSON object.
    InvalidJson,
    /// A quoted field is never closed or goes on after its closing quote, or the number of fields is not
    /// that of the header.
    InvalidCsv,
    /// A field of the dataset is not there.
    MissingField,
    /// A field holds another type than it should, such as a number in the place of an id.
    WrongType,
    /// A number lies outside its range: percent 0–100, rating, usefulness and difficulty 1–5, money from 0.
    OutOfRange,
    /// A time is not RFC 3339.
    InvalidTime,
    /// An id is the empty string.
    EmptyId,
    /// An id is longer than 200 bytes.
    IdTooLong,
    /// A text is longer than 20,000 characters.
    TextTooLong,
    /// An enrolment is neither `ENROLLED` nor `REFUNDED`.
    UnknownStatus,
    /// The lecture that the row refers to is not in the lectures dataset.
    UnknownLecture,
}

/// What is wrong with a row: the code, and a sentence for the person who repairs the export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The stable code.
    pub reason: Reason,
    /// One short English clause that names the field and, where it is short, the value.
    pub detail: String,
}

impl Fault {
    /// A fault with its detail.
    pub fn new(reason: Reason, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into() }
    }
}

/// One entry of the quarantine file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Broken {
    /// The line of the dataset, from 1, on which the row begins.
    pub line: u64,
    /// Why the row cannot be used.
    pub reason: Reason,
    /// The same for people.
    pub detail: String,
    /// The row as it was delivered, cut at 2,000 bytes; bytes that are not UTF-8 are shown as `\u{fffd}`.
    pub row: String,
}

impl Broken {
    /// The quarantine entry of the row `raw`, which begins on line `line`.
    pub fn new(line: u64, raw: &[u8], fault: Fault) -> Self {
        let Fault { reason, detail } = fault;
        Self { line, reason, detail, row: kept(raw) }
    }
}

/// The beginning of `raw` as text of at most [`LONGEST_KEPT_ROW_BYTES`] bytes, ending between characters.
fn kept(raw: &[u8]) -> String {
    let beginning = raw.get(..LONGEST_KEPT_ROW_BYTES).unwrap_or(raw);
    let text = String::from_utf8_lossy(beginning);
    if text.len() <= LONGEST_KEPT_ROW_BYTES && beginning.len() == raw.len() {
        return text.into_owned();
    }
    // Cutting inside a character leaves a replacement character at the end, which is longer than what it
    // replaces; both are undone here.
    let whole = text.trim_end_matches(char::REPLACEMENT_CHARACTER);
    whole.get(..whole.floor_char_boundary(LONGEST_KEPT_ROW_BYTES)).unwrap_or_default().to_owned()
}

/// Whether a dataset has so many broken rows that its run must fail: more than 1 % (product page,
/// Consulting). `rows` counts all rows, the broken ones too; blank lines are no rows.
pub const fn too_many_broken(rows: u64, broken: u64) -> bool {
    broken as u128 * 100 > rows as u128
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_percent_is_borne_and_one_row_more_is_not() {
        assert!(!too_many_broken(0, 0));
        assert!(!too_many_broken(1_000, 10));
        assert!(too_many_broken(1_000, 11));
        assert!(too_many_broken(99, 1));
        assert!(!too_many_broken(u64::MAX, u64::MAX / 101));
    }

    #[test]
    fn a_long_row_is_cut_between_two_characters() {
        let raw = format!("{}가나", "x".repeat(1_999));
        assert_eq!(kept(raw.as_bytes()), "x".repeat(1_999));
        let raw = format!("{}가나", "x".repeat(1_997));
        assert_eq!(kept(raw.as_bytes()), format!("{}가", "x".repeat(1_997)));
    }

    #[test]
    fn bytes_that_are_no_text_are_shown_and_stay_within_the_limit() {
        assert_eq!(kept(b"a\xffb"), "a\u{fffd}b");
        assert!(kept(&[0xff; 1_500]).len() <= 2_000);
    }

    #[test]
    fn an_entry_has_the_wire_form_of_the_quarantine_file() {
        let broken = Broken::new(7, b"{", Fault::new(Reason::InvalidUtf8, "not text"));
        assert_eq!(
            serde_json::to_string(&broken).unwrap(),
            r#"{"line":7,"reason":"invalid_utf8","detail":"not text","row":"{"}"#
        );
    }
}
