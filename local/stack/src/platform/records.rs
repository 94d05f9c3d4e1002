//! Where a record ends: an NDJSON line, or a CSV record, whose quoted fields may hold line ends.
//!
//! A record whose quotes are not as RFC 4180 has them is broken and ends with its line, so that one bad quote
//! costs one row and not the rest of the file.

use memchr::{memchr, memchr2};

/// Bytes within which a quoted record must end; a longer one counts as broken.
const LONGEST_RECORD: usize = 1024 * 1024;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// One JSON object a line.
    Ndjson,
    /// Comma-separated values (RFC 4180), the first record being the header.
    Csv,
}

/// The length of the first record of `bytes` with its line end. None if it does not end within them and
/// `whole` says that they are not all there is.
pub(super) fn length(format: Format, bytes: &[u8], whole: bool) -> Option<usize> {
    let line = || match memchr(b'\n', bytes) {
        Some(end) => Some(end + 1),
        None => whole.then_some(bytes.len()),
    };
    match format {
        Format::Ndjson => line(),
        Format::Csv => match csv_record(bytes, whole) {
            Record::Ends(length) => Some(length),
            Record::Broken => line(),
            Record::Open if bytes.len() >= LONGEST_RECORD => line(),
            Record::Open => None,
        },
    }
}

enum Record {
    /// It is this many bytes long.
    Ends(usize),
    /// It breaks the rules of quotes.
    Broken,
    /// It goes on beyond the bytes.
    Open,
}

fn csv_record(bytes: &[u8], whole: bool) -> Record {
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr2(b'\n', b'"', rest)) {
        let place = at + found;
        if bytes[place] == b'\n' {
            return Record::Ends(place + 1);
        }
        // A quote opens a field, and a field begins with the record or after a comma.
        if place > 0 && bytes[place - 1] != b',' {
            return Record::Broken;
        }
        let Some(closed) = closing_quote(bytes, place + 1) else {
            return if whole { Record::Broken } else { Record::Open };
        };
        match bytes.get(closed + 1..) {
            Some([b',', ..]) => at = closed + 2,
            Some([b'\n', ..]) => return Record::Ends(closed + 2),
            Some([b'\r', b'\n', ..]) => return Record::Ends(closed + 3),
            None | Some([] | [b'\r']) if !whole => return Record::Open,
            None | Some([]) => return Record::Ends(bytes.len()),
            Some(_) => return Record::Broken,
        }
    }
    if whole { Record::Ends(bytes.len()) } else { Record::Open }
}

/// The place of the quote that closes a field; doubled quotes are part of it.
fn closing_quote(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let place = at + memchr(b'"', bytes.get(at..)?)?;
        if bytes.get(place + 1) != Some(&b'"') {
            return Some(place);
        }
        at = place + 2;
    }
}

/// Whether a record is a row: blank lines are none.
pub(super) fn is_row(record: &[u8]) -> bool {
    !record.trim_ascii().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csv(text: &str) -> Option<usize> {
        length(Format::Csv, text.as_bytes(), false)
    }

    #[test]
    fn a_line_is_a_record() {
        assert_eq!(length(Format::Ndjson, b"{\"a\":\"\\\"\"}\nrest", false), Some(11));
        assert_eq!(csv("a,b\nrest"), Some(4));
        assert_eq!(csv("\nrest"), Some(1));
    }

    #[test]
    fn a_quoted_field_may_hold_line_ends_commas_and_quotes() {
        assert_eq!(csv("a,\"b\n,\"\"c\"\"\"\r\nrest"), Some(14));
        assert_eq!(csv("\"a\n\",\"b\n\",\"\"\nrest"), Some(13));
        assert_eq!(csv("\"\",\"\"\nrest"), Some(6));
    }

    #[test]
    fn a_record_with_a_stray_quote_ends_with_its_line() {
        assert_eq!(csv("a\"b,c\nd\"\n"), Some(6));
        assert_eq!(csv("\"a\"b\nc\n"), Some(5));
        assert_eq!(csv("a,\"b\nc,\"d\"\n"), Some(5));
    }

    #[test]
    fn what_does_not_end_needs_more_bytes_until_there_are_no_more() {
        assert_eq!(csv("a,\"b\nc"), None);
        assert_eq!(csv("a,\"b\""), None);
        assert_eq!(csv("a,\"b\"\r"), None);
        assert_eq!(csv("a,b"), None);
        assert_eq!(length(Format::Csv, b"a,\"b\nc", true), Some(5));
        assert_eq!(length(Format::Csv, b"a,b", true), Some(3));
        assert_eq!(length(Format::Csv, b"\"a\nb\",c", true), Some(7));
        assert_eq!(length(Format::Csv, b"c,\"a\nb\"", true), Some(7));
        assert_eq!(length(Format::Csv, b"", true), Some(0));
        assert_eq!(length(Format::Ndjson, b"{}", false), None);
        assert_eq!(length(Format::Ndjson, b"{}", true), Some(2));
    }

    #[test]
    fn a_quote_that_is_not_closed_in_a_megabyte_is_broken() {
        let long = format!("\"a\n{}", "x".repeat(LONGEST_RECORD));
        assert_eq!(csv(&long), Some(3));
    }
}
