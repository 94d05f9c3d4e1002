//! Text in a picture: made harmless, measured and cut.
//!
//! A picture has no layout engine: where a text ends depends on the reader's fonts. Widths are therefore
//! estimates on the generous side, and whatever stands beside a text keeps a gap.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What stands for the part of a text that was cut off.
const ELLIPSIS: &str = "…";

/// Gives the text as XML character data, also fit for an attribute in double quotes.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars().filter_map(printable) {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Cuts the text to at most `limit` units at letters of `size` units, between two characters as readers see
/// them (a family emoji stays whole).
pub(super) fn fit(text: &str, size: f64, limit: f64) -> String {
    let text: String = text.chars().filter_map(printable).collect();
    let text = text.trim();
    if width(text, size) <= limit {
        return text.to_owned();
    }
    let mut left = limit - width(ELLIPSIS, size);
    let kept = text.graphemes(true).take_while(|grapheme| {
        left -= grapheme_width(grapheme) * size;
        left >= 0.0
    });
    let kept: String = kept.collect();
    format!("{}{ELLIPSIS}", kept.trim_end())
}

/// Estimates how wide the text is at letters of `size` units.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.graphemes(true).map(grapheme_width).sum::<f64>() * size
}

/// Gives what may be shown of a character: layout controls become a space or nothing.
///
/// XML forbids most control characters even as references, and a direction override in a title would turn
/// around the text that follows it.
fn printable(character: char) -> Option<char> {
    match character {
        '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => None,
        '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => None,
        control if control.is_control() => Some(' '),
        other => Some(other),
    }
}

/// The width of one character as readers see it, in units of the letter size: the widest of the usual
/// system fonts.
fn grapheme_width(grapheme: &str) -> f64 {
    match grapheme.chars().next() {
        Some('i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ') => 0.36,
        Some('m' | 'w' | 'M' | 'W' | '@' | '%' | '…') => 1.0,
        Some('A'..='Z' | '&') => 0.75,
        // Emoji are drawn wider than the ideographs whose width they are said to have.
        Some('\u{1F000}'..) => 1.35,
        _ if grapheme.width() >= 2 => 1.0,
        _ if grapheme.width() == 0 => 0.0,
        _ => 0.64,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn markup_in_a_text_is_only_text() {
        assert_eq!(
            escape("<script>alert(\"1\" & '2')</script>"),
            "&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;"
        );
    }

    #[test]
    fn what_xml_forbids_is_not_written() {
        assert_eq!(escape("a\0b\u{1b}c\u{ffff}d\ne\u{85}"), "a b cd e ");
    }

    #[test]
    fn a_direction_override_is_dropped_and_right_to_left_letters_stay() {
        assert_eq!(escape("\u{202e}שלום\u{2069}"), "שלום");
    }

    #[test]
    fn a_text_that_fits_is_left_alone() {
        assert_eq!(fit("  러스트 입문\t", 13.0, 200.0), "러스트 입문");
    }

    #[test]
    fn a_long_text_is_cut_with_an_ellipsis_inside_the_limit() {
        let cut = fit(&"가나다 ".repeat(100), 13.0, 200.0);
        assert!(cut.ends_with('…') && !cut.ends_with(" …"), "{cut:?}");
        assert!(width(&cut, 13.0) <= 200.0, "{cut:?}");
    }

    #[test]
    fn a_character_of_many_code_points_is_kept_whole_or_not_at_all() {
        let family = "👨‍👩‍👧‍👦";
        let cut = fit(&family.repeat(50), 13.0, 100.0);
        assert_eq!(cut.trim_end_matches('…').replace(family, ""), "");
    }

    proptest! {
        #[test]
        fn any_text_fits_and_is_well_formed(title in any::<String>(), limit in 20.0..700.0_f64) {
            let cut = fit(&title, 13.0, limit);
            prop_assert!(width(&cut, 13.0) <= limit);
            let document = format!("<a b=\"{0}\">{0}</a>", escape(&title));
            prop_assert!(roxmltree::Document::parse(&document).is_ok());
        }
    }
}
