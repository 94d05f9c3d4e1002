//! Sentences: byte-exact slices of a text.

/// Longest slice taken for a sentence, in characters; what goes on for longer is cut at a space.
const LONGEST: usize = 200;
/// Letters or digits that a slice must have to be a sentence: emoji, `ㅋㅋ` and lone marks are none.
const FEWEST_LETTERS: usize = 2;

/// The sentences of a text, in order, the long ones cut. Each is a slice of it, so it stands there byte for byte.
pub(super) fn split(text: &str) -> Vec<&str> {
    whole(text).into_iter().map(|sentence| cut(sentence, LONGEST)).filter(|cut| is_sentence(cut)).collect()
}

/// The sentences of a text, in order, each with its end however long it is.
pub(super) fn whole(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut characters = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|&(_, next)| next);
        if ends_sentence(before, character, next) {
            let end = at + character.len_utf8();
            sentences.extend(text.get(start..end).map(str::trim).filter(|slice| is_sentence(slice)));
            start = end;
        }
        before = character;
    }
    sentences.extend(text.get(start..).map(str::trim).filter(|slice| is_sentence(slice)));
    sentences
}

fn ends_sentence(before: char, character: char, next: Option<char>) -> bool {
    let mark = |c: char| matches!(c, '.' | '!' | '?' | '。');
    // `3.5` and `node.js` are not two sentences, and `...` ends only one.
    let inside_word = character == '.'
        && before.is_ascii_alphanumeric()
        && next.is_some_and(|next| next.is_ascii_alphanumeric());
    character == '\n' || (mark(character) && !inside_word && !next.is_some_and(mark))
}

fn is_sentence(slice: &str) -> bool {
    slice.chars().filter(|&c| is_letter(c)).count() >= FEWEST_LETTERS
}

/// Letters and digits, but not single Korean jamo, which stand for laughter and tears.
fn is_letter(character: char) -> bool {
    character.is_alphanumeric() && !('\u{3131}'..='\u{318e}').contains(&character)
}

/// The longest beginning of `text` with at most `limit` characters, cut at a space if there is one.
pub(super) fn cut(text: &str, limit: usize) -> &str {
    let Some((end, _)) = text.char_indices().nth(limit) else { return text };
    let (head, tail) = text.split_at(end);
    let whole_words = if tail.starts_with(char::is_whitespace) {
        Some(head)
    } else {
        head.rsplit_once(char::is_whitespace).map(|(words, _)| words)
    };
    whole_words.map(str::trim_end).filter(|words| !words.is_empty()).unwrap_or(head)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sentences_end_at_marks_and_lines() {
        assert_eq!(
            split("설명이 좋아요. 예제는 아쉬워요!  왜요?다음\n끝입니다。더 들을게요"),
            ["설명이 좋아요.", "예제는 아쉬워요!", "왜요?", "다음", "끝입니다。", "더 들을게요"]
        );
    }

    #[test]
    fn numbers_file_names_and_ellipses_stay_whole() {
        assert_eq!(
            split("버전 3.5와 node.js를 봤어요... 좋네요"),
            ["버전 3.5와 node.js를 봤어요...", "좋네요"]
        );
    }

    #[test]
    fn emoji_and_laughter_are_no_sentences() {
        assert!(split("😀😀!! ㅋㅋㅋ ... ?").is_empty());
    }

    #[test]
    fn a_text_without_an_end_is_cut_at_a_word() {
        let endless = "가나다 ".repeat(3_000);
        let sentences = split(&endless);
        assert_eq!(sentences.len(), 1);
        assert!(sentences[0].chars().count() <= LONGEST && sentences[0].ends_with("가나다"));
        assert_eq!(cut("ab cd", 4), "ab");
        assert_eq!(cut("ab cd", 2), "ab");
        assert_eq!(cut("abcd", 2), "ab");
        assert_eq!(cut("abcd", 0), "");
    }

    proptest! {
        #[test]
        fn every_sentence_stands_in_the_text(text in any::<String>()) {
            for sentence in split(&text) {
                prop_assert!(text.contains(sentence));
                prop_assert!(!sentence.is_empty() && sentence.chars().count() <= LONGEST);
            }
        }
    }
}
