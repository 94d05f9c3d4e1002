//! Whether a text can be seen: what is typed as nothing, or turns what stands after it around, is not a title.
//!
//! The rules hold for every text that others read, a document's or not: comments and profiles ask here too.

use icu_properties::CodePointSetData;
use icu_properties::props::DefaultIgnorableCodePoint;

/// Drawn as nothing, though by its category a symbol.
const BLANK_BRAILLE: char = '\u{2800}';

/// Whether `text` has at least one character that is drawn.
///
/// White space, controls, and what is "default ignorable" (UAX #44 §5.3: zero-width spaces, joiners, marks of direction,
/// the fillers of Hangul, the soft hyphen, variation selectors, tags) are not.
#[must_use]
pub fn has_visible_character(text: &str) -> bool {
    text.chars().any(is_visible)
}

/// Whether `text` embeds, overrides or isolates a direction (U+202A–202E, U+2066–2069).
///
/// Left open at the end of a line, such a control turns around what a page shows beside it (UAX #9 §6.1). The
/// marks U+200E, U+200F and U+061C, which open nothing, are not meant.
#[must_use]
pub fn has_direction_control(text: &str) -> bool {
    text.chars().any(is_direction_control)
}

/// Whether `character` is one of those that [`has_direction_control`] looks for.
#[must_use]
pub const fn is_direction_control(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_visible(character: char) -> bool {
    let ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character);
    !ignorable && !character.is_control() && !character.is_whitespace() && character != BLANK_BRAILLE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_drawn_as_nothing_has_no_visible_character() {
        for nothing in [
            "",
            " \t\n",
            "\u{a0}\u{3000}\u{2028}",
            "\u{0}\u{85}",
            "\u{200b}\u{200d}\u{feff}\u{ad}",
            "\u{202e}\u{2066}\u{200f}",
            "\u{115f}\u{1160}\u{3164}\u{ffa0}",
            "\u{2800}",
            "\u{fe0f}\u{e0001}\u{34f}",
        ] {
            assert!(!has_visible_character(nothing), "{}", nothing.escape_unicode());
            assert!(has_visible_character(&format!("{nothing}가{nothing}")));
        }
        for something in ["a", "👩\u{200d}💻", ".", "ᄒ", "\u{301}", "שלום", "\u{e000}"] {
            assert!(has_visible_character(something), "{something}");
        }
    }

    #[test]
    fn only_controls_that_open_or_close_a_direction_are_controls_of_it() {
        for control in ('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}') {
            assert!(has_direction_control(&format!("제목{control}")), "{}", control.escape_unicode());
        }
        for text in ["제목", "שלום\u{200f}!", "\u{200e}\u{61c}", "\u{2029}\u{202f}\u{2065}\u{206a}"] {
            assert!(!has_direction_control(text), "{}", text.escape_unicode());
        }
    }
}
