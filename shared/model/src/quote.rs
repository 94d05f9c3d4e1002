//! Whether a quote stands in a text, and whether it proves anything.

/// How much a quote must weigh: see [`weight`].
const LEAST_WEIGHT: usize = 4;

/// The passage of `field` that `quote` repeats byte for byte; none if there is none, if it is longer than
/// `most` characters, or if it says too little to prove anything.
///
/// The model reads the text as [`crate::Source`] escapes it, so a faithful copy may hold `&amp;` for an
/// ampersand, or a space for a tab. Such a copy counts too, and what is given is the original passage.
/// Nothing else is forgiven: another normal form, a look-alike letter or a corrected typo is no quote.
#[must_use]
pub fn find_quote<'a>(field: &'a str, quote: &str, most: usize) -> Option<&'a str> {
    let literal = field.find(quote).and_then(|begin| field.get(begin..begin + quote.len()));
    let passage = literal.or_else(|| find_as_shown(field, quote))?;
    let short = passage.chars().count() <= most;
    (short && weight(passage) >= LEAST_WEIGHT).then_some(passage)
}

/// How much a passage says. A letter or digit weighs 1; a syllable or word sign of Korean, Japanese or
/// Chinese, which says as much as a few letters, weighs 2. Emoji, punctuation, spaces and lone Korean
/// letters (`ㅋㅋㅋ`, `ㅠㅠ`) weigh nothing. So `최고` and `good` prove something, `is`, `요` and `👍👍👍` do not.
fn weight(passage: &str) -> usize {
    let of = |character| match character {
        '\u{3131}'..='\u{318e}' => 0,
        '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => 2,
        other => usize::from(char::is_alphanumeric(other)),
    };
    passage.chars().map(of).sum()
}

fn find_as_shown<'a>(field: &'a str, quote: &str) -> Option<&'a str> {
    let mut shown = String::with_capacity(field.len());
    // Where each character begins in what was shown, and in the field.
    let mut places = Vec::with_capacity(field.len());
    for (at, character) in field.char_indices() {
        places.push((shown.len(), at));
        push_shown(&mut shown, character);
    }
    places.push((shown.len(), field.len()));
    let original = |place: usize| {
        let index = places.binary_search_by_key(&place, |(in_shown, _)| *in_shown).ok()?;
        places.get(index).map(|(_, in_field)| *in_field)
    };
    // A match that begins or ends within an escape is none.
    shown.match_indices(quote).find_map(|(begin, _)| {
        let passage = original(begin)?..original(begin + quote.len())?;
        field.get(passage)
    })
}

/// As [`crate::Source::to_element`] writes a character of a text; a test holds the two together.
fn push_shown(shown: &mut String, character: char) {
    match character {
        '&' => shown.push_str("&amp;"),
        '<' => shown.push_str("&lt;"),
        '>' => shown.push_str("&gt;"),
        '"' => shown.push_str("&quot;"),
        other if other.is_control() && other != '\n' => shown.push(' '),
        other => shown.push(other),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn find<'a>(field: &'a str, quote: &str) -> Option<&'a str> {
        find_quote(field, quote, 300)
    }

    #[test]
    fn a_passage_is_found_byte_for_byte_also_over_lines() {
        let field = "처음에는 어려웠는데,\n다 듣고 나니 알겠습니다.";
        assert_eq!(find(field, "어려웠는데,\n다 듣고"), Some("어려웠는데,\n다 듣고"));
        assert_eq!(find(field, "어려웠는데, 다 듣고"), None);
    }

    #[test]
    fn an_escaped_copy_gives_the_original_passage() {
        let field = "Q&A가 <b>좋은</b> \"강의\"\t입니다";
        assert_eq!(find(field, "Q&amp;A가 &lt;b&gt;좋은"), Some("Q&A가 <b>좋은"));
        assert_eq!(find(field, "&quot;강의&quot; 입니다"), Some("\"강의\"\t입니다"));
        assert_eq!(find(field, "Q&A가 <b>좋은"), Some("Q&A가 <b>좋은"));
    }

    #[test]
    fn an_escape_that_the_learner_wrote_is_taken_as_it_stands() {
        let field = "HTML에서는 &amp;라고 써요";
        assert_eq!(find(field, "HTML에서는 &amp;라고"), Some("HTML에서는 &amp;라고"));
        assert_eq!(find(field, "HTML에서는 &amp;amp;라고"), Some("HTML에서는 &amp;라고"));
        assert_eq!(find(field, "HTML에서는 &라고"), None);
    }

    #[test]
    fn a_piece_of_an_escape_is_no_quote() {
        assert_eq!(find("Q&A 시간이 좋아요", "amp;A 시간이"), None);
        assert_eq!(find("이것 & 그것", "것 &am"), None);
    }

    #[test]
    fn look_alikes_and_other_normal_forms_are_no_quotes() {
        let decomposed = "\u{1100}\u{1161}\u{11bc}\u{110b}\u{1174}";
        assert_eq!(find("강의가 좋아요", decomposed), None);
        assert_eq!(find("Java is great", "J\u{0430}va is"), None);
        assert_eq!(find("설명이 좋아요", "설명이\u{a0}좋아요"), None);
    }

    #[test]
    fn what_says_nothing_proves_nothing() {
        let field = "😀😀👍🏽 ㅋㅋㅋㅋㅋ ... 요 is 최고 good 3.5점";
        for silent in ["", " ", "😀😀👍🏽", "ㅋㅋㅋㅋㅋ", "...", "요", "is", "고"] {
            assert_eq!(find(field, silent), None, "{silent:?}");
        }
        for telling in ["최고", "good", "3.5점"] {
            assert_eq!(find(field, telling), Some(telling));
        }
    }

    #[test]
    fn a_whole_long_text_is_no_quote() {
        let field = "가나다라".repeat(100);
        assert_eq!(find(&field, &field), None);
        assert!(find(&field, &"가나다라".repeat(75)).is_some());
    }

    #[test]
    fn characters_are_shown_here_as_the_model_sees_them() {
        let text: String = ('\u{1}'..='\u{ff}').chain("가\u{2028}👍".chars()).collect();
        let mut shown = String::new();
        text.chars().for_each(|character| push_shown(&mut shown, character));
        let source = crate::Source { kind: "review", id: String::new(), attributes: Vec::new(), text };
        assert_eq!(source.to_element(), format!("<source kind=\"review\" id=\"\">{shown}</source>"));
    }

    proptest! {
        #[test]
        fn what_is_found_stands_in_the_field(
            field in "[a가<>&\"\t\n;mplt]{0,40}", quote in "[a가<>&\"\t\n;mplt]{0,12}"
        ) {
            if let Some(passage) = find(&field, &quote) {
                prop_assert!(field.contains(passage));
                let mut shown = String::new();
                passage.chars().for_each(|character| push_shown(&mut shown, character));
                prop_assert!(passage == quote || shown == quote);
            }
        }
    }
}
