//! One form for what people paste: a resume out of a PDF, a word processor or a phone.

use icu_normalizer::ComposingNormalizerBorrowed;
use maru_document::is_direction_control;

/// `text` as it is kept, shown to the model and quoted from.
///
/// It is in NFC, its lines end with `\n`, other control characters (tabs too) are spaces, and white space at
/// both ends is gone. Zero-width spaces, soft hyphens and controls of direction are gone as well: nobody sees
/// them, and they would split a telephone number or a quote. The joiners that emoji are made with stay.
#[must_use]
pub fn normalised(text: &str) -> String {
    let mut lines = text.replace("\r\n", "\n");
    lines.retain(|character| !is_dropped(character));
    let plain: String = lines.chars().map(plain).collect();
    // Trimmed last: composing may not bring up white space, and what was trimmed may not keep marks apart.
    ComposingNormalizerBorrowed::new_nfc().normalize(plain.trim()).trim().to_owned()
}

const fn is_dropped(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}') || is_direction_control(character)
}

fn plain(character: char) -> char {
    match character {
        '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        other if other.is_control() => ' ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn all_spellings_of_one_text_become_one() {
        for same in [
            "경력\n결제 서버",
            "  경력\r\n결제 서버\t",
            "경력\r결제\t서버",
            "\u{feff}경\u{200b}력\u{2028}결제\u{0}서버\n\n",
            "\u{1100}\u{1167}\u{11bc}력\n\u{202e}결제\u{202c} 서버",
        ] {
            assert_eq!(normalised(same), "경력\n결제 서버", "{}", same.escape_unicode());
        }
    }

    #[test]
    fn joined_emoji_and_spaces_between_words_stay() {
        for kept in ["👩\u{200d}💻 개발자", "a  b", "\u{1f1f0}\u{1f1f7}", "＋８２"] {
            assert_eq!(normalised(kept), kept);
        }
    }

    proptest! {
        #[test]
        fn what_is_normalised_stays_as_it_is(text in any::<String>()) {
            let once = normalised(&text);
            prop_assert_eq!(normalised(&once), once);
        }

        #[test]
        fn so_do_marks_and_odd_spaces(text in "[ae가ᄀ\u{1161}\u{11a8}\u{301}\u{323}\u{200b}\u{ad} \t\r\n\u{2028}\u{2126}]{0,20}") {
            let once = normalised(&text);
            prop_assert_eq!(normalised(&once), once);
        }
    }
}
