//! Where in a text somebody selected something.
//!
//! Offsets count UTF-16 code units, because that is what browsers count: the offsets of a DOM `Range` in a text
//! node, and `selectionStart` of a text field. `"👩‍💻"` is five of them, `"각"` one, `"é"` one or two. An offset in
//! the middle of a surrogate pair, or of what a reader takes for one character (an extended grapheme cluster,
//! UAX #29), is refused: half a character cannot be replaced.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// Why two offsets do not select anything in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SelectionError {
    /// The end lies before or at the start.
    #[error("the selection is empty")]
    Empty,
    /// An offset lies behind the end of the text.
    #[error("the selection ends behind the text")]
    OutsideText,
    /// An offset lies inside a character.
    #[error("the selection begins or ends inside a character")]
    InsideCharacter,
}

/// The bytes of `text` between the UTF-16 offsets `start` and `end`.
///
/// # Errors
/// [`SelectionError`].
pub fn select(text: &str, start: usize, end: usize) -> Result<Range<usize>, SelectionError> {
    if start >= end {
        return Err(SelectionError::Empty);
    }
    Ok(byte_offset(text, start)?..byte_offset(text, end)?)
}

/// Whether a reader sees a border between two characters of `text` at the byte `offset`.
#[must_use]
pub fn is_border(text: &str, offset: usize) -> bool {
    // A cursor that has the whole text never asks for more context.
    GraphemeCursor::new(offset, text.len(), true).is_boundary(text, 0).unwrap_or(false)
}

fn byte_offset(text: &str, wanted: usize) -> Result<usize, SelectionError> {
    let mut units = 0;
    for (offset, cluster) in text.grapheme_indices(true) {
        if units == wanted {
            return Ok(offset);
        }
        if units > wanted {
            return Err(SelectionError::InsideCharacter);
        }
        units += cluster.encode_utf16().count();
    }
    match units.cmp(&wanted) {
        std::cmp::Ordering::Equal => Ok(text.len()),
        std::cmp::Ordering::Greater => Err(SelectionError::InsideCharacter),
        std::cmp::Ordering::Less => Err(SelectionError::OutsideText),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn selected(text: &str, start: usize, end: usize) -> Result<&str, SelectionError> {
        select(text, start, end).map(|range| &text[range])
    }

    #[test]
    fn offsets_are_those_of_a_browser() {
        assert_eq!(selected("결제를 만들었다", 0, 3), Ok("결제를"));
        assert_eq!(selected("a👩‍💻b", 1, 6), Ok("👩‍💻"));
        assert_eq!(selected("e\u{301}x", 0, 2), Ok("e\u{301}"));
        assert_eq!(selected("שלום עולם", 5, 9), Ok("עולם"));
        assert_eq!(selected("abc", 1, 3), Ok("bc"));
    }

    #[test]
    fn half_a_character_cannot_be_selected() {
        for (text, start, end) in [
            ("👩‍💻", 0, 1),        // inside a surrogate pair
            ("👩‍💻", 0, 2),        // between the parts of a joined emoji
            ("e\u{301}x", 0, 1), // between a letter and its accent
            ("e\u{301}x", 1, 3),
            ("\u{1100}\u{1161}\u{11a8}", 0, 2), // between the letters of a decomposed syllable
            ("🇰🇷", 0, 2),                       // half a flag
        ] {
            assert_eq!(
                selected(text, start, end),
                Err(SelectionError::InsideCharacter),
                "{text} {start} {end}"
            );
        }
    }

    #[test]
    fn nothing_and_too_much_cannot_be_selected() {
        assert_eq!(selected("abc", 1, 1), Err(SelectionError::Empty));
        assert_eq!(selected("abc", 2, 1), Err(SelectionError::Empty));
        assert_eq!(selected("abc", 2, 4), Err(SelectionError::OutsideText));
        assert_eq!(selected("", 0, 1), Err(SelectionError::OutsideText));
        assert_eq!(selected("👩‍💻", 0, 6), Err(SelectionError::OutsideText));
    }

    proptest! {
        #[test]
        fn whatever_is_selected_has_the_length_that_was_asked_for(text in any::<String>(), start in 0usize..40, length in 0usize..40) {
            if let Ok(range) = select(&text, start, start + length) {
                prop_assert_eq!(text[range.clone()].encode_utf16().count(), length);
                prop_assert_eq!(text[..range.start].encode_utf16().count(), start);
                prop_assert!(is_border(&text, range.start) && is_border(&text, range.end));
            }
        }
    }
}
