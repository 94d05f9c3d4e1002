//! What is done to texts before they are set.

use unicode_segmentation::UnicodeSegmentation;

/// The most characters of one letter: no language puts more than thirty marks on it (Unicode Standard Annex 15,
/// 13, "Stream-Safe Text Format"). What a glyph says may take 512 bytes (ISO 32000-2, 9.10.3), and readers bear less.
const MOST_IN_A_LETTER: usize = 31;

/// The same JSON text without the characters that Unicode keeps for programs and PDF/UA forbids in text
/// (noncharacters, the byte order mark), without the marks of a letter that has too many, and with plain spaces for
/// separators that would end a line by themselves, or never.
pub(crate) fn printable(json: &str) -> String {
    let drawn = |letter| {
        str::chars(letter).enumerate().filter(|&(place, character)| {
            // The signs of JSON are ASCII; some letters swallow what stands after them.
            place < MOST_IN_A_LETTER || character.is_ascii()
        })
    };
    json.graphemes(true).flat_map(drawn).filter_map(|(_, character)| printed(character)).collect()
}

fn printed(character: char) -> Option<char> {
    match character {
        // A text that was copied from a web page has no-break spaces for all of its spaces.
        '\u{2028}' | '\u{2029}' | '\u{a0}' | '\u{2007}' | '\u{202f}' => Some(' '),
        '\u{feff}' | '\u{fdd0}'..='\u{fdef}' => None,
        other if u32::from(other) & 0xfffe == 0xfffe => None,
        other => Some(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_no_text_goes() {
        let kept = r#"{"a":"가\n#$ 😀 \u00e9 é עברית 👨🏽‍👩🏽‍👧🏽‍👦🏽"}"#;
        assert_eq!(printable(kept), kept);
        assert_eq!(printable("a\u{feff}b\u{fffe}c\u{10ffff}d\u{fdd0}e\u{2028}f"), "abcde f");
    }

    #[test]
    fn a_space_is_one_at_which_a_line_may_end() {
        assert_eq!(printable("a\u{a0}b\u{2007}c\u{202f}d"), "a b c d");
    }

    #[test]
    fn a_letter_keeps_thirty_marks() {
        let marks = |count| "\u{301}".repeat(count);
        assert_eq!(
            printable(&format!("a{}b{}", marks(500), marks(3))),
            format!("a{}b{}", marks(30), marks(3))
        );
    }

    #[test]
    fn what_swallows_the_end_of_a_text_does_not_swallow_the_text() {
        let json = format!("[\"{}\"]", "\u{600}".repeat(40));
        assert_eq!(printable(&json), format!("[\"{}\"]", "\u{600}".repeat(31)));
    }
}
