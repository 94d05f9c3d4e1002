//! A question cut into words of one script each: `Redis를` is a name and a particle.

use icu_normalizer::ComposingNormalizerBorrowed;

/// A word of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// As it stands there, in NFKC.
    pub text: String,
    /// Whether it is of Hangul.
    pub is_korean: bool,
    /// Whether nothing but a space or a sign stands before it; else it is the end of a longer word.
    pub is_whole: bool,
    /// Whether a sentence begins with it.
    pub is_first: bool,
}

/// The words of `text`.
pub(super) fn words(text: &str) -> Vec<Word> {
    let normal = ComposingNormalizerBorrowed::new_nfkc().normalize(text);
    let mut words: Vec<Word> = Vec::new();
    let (mut is_whole, mut is_first) = (true, true);
    let mut rest: &str = &normal;
    while let Some(first) = rest.chars().next() {
        let length = length(rest, first);
        let (run, behind) = rest.split_at(length.max(first.len_utf8()));
        rest = behind;
        if length == 0 {
            is_whole = true;
            // A full stop within a name is part of the word.
            is_first |= matches!(first, '.' | '?' | '!' | '\n' | ':');
            continue;
        }
        words.push(Word { text: run.to_owned(), is_korean: is_hangul(first), is_whole, is_first });
        (is_whole, is_first) = (false, false);
    }
    words
}

/// How many bytes of `rest` are one word of the script of its `first` character; 0 if that is of no word.
fn length(rest: &str, first: char) -> usize {
    if !is_of_words(first) {
        return 0;
    }
    let end = rest.char_indices().find(|(at, character)| {
        let same = is_of_words(*character) && is_hangul(*character) == is_hangul(first);
        !same && !is_inner(*character, rest.get(at + character.len_utf8()..).unwrap_or_default())
    });
    let run = rest.get(..end.map_or(rest.len(), |(at, _)| at)).unwrap_or_default();
    if is_hangul(first) {
        run.find(|character| !is_hangul(character)).unwrap_or(run.len())
    } else {
        run.len()
    }
}

/// Whether a sign before `behind` belongs to a name: `Node.js`, `N+1`, `C++`, `team's`.
fn is_inner(sign: char, behind: &str) -> bool {
    let goes_on = behind.starts_with(|next: char| next.is_ascii_alphanumeric());
    match sign {
        '.' | '\'' | '’' => goes_on,
        '+' | '#' => true,
        _ => false,
    }
}

/// Lone letters of Hangul (`ㅋㅋ`, conjoining in NFKC) are of no word.
fn is_of_words(character: char) -> bool {
    character.is_alphanumeric() && !matches!(character, '\u{1100}'..='\u{11ff}')
}

/// Whether `character` is a syllable of Hangul.
pub(super) const fn is_hangul(character: char) -> bool {
    matches!(character, '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn words_end_where_the_script_changes() {
        assert_eq!(texts("Redis를 캐시로, Ｊava도?"), ["Redis", "를", "캐시로", "Java", "도"]);
        assert_eq!(
            texts("Node.js의 N+1, C++은. team's CI/CD"),
            ["Node.js", "의", "N+1", "C++", "은", "team's", "CI", "CD"]
        );
        assert_eq!(texts(" 🎉 ㅋㅋ !"), Vec::<String>::new());
        assert_eq!(texts("..."), Vec::<String>::new());
    }

    #[test]
    fn beginnings_of_words_and_sentences_are_told() {
        let told: Vec<_> =
            words("Why Redis를 썼나요? Explain").iter().map(|w| (w.is_whole, w.is_first)).collect();
        assert_eq!(told, [(true, true), (true, false), (false, false), (true, false), (true, true)]);
    }
}
