//! Names in a text besides the technologies of the table: whatever looks like one has to come from somewhere.
//!
//! In an English statement a name is told by its letters: capitals within a sentence, digits, capitals inside.
//! In a Korean one every Latin word is one.

use std::ops::Range;

use super::mentions::is_hangul;

/// Words that name nothing in particular, in small letters, parted by `|`.
const GENERAL: &str = "api|apis|app|ui|ux|db|id|ids|url|urls|http|https|json|pr|prs|readme|git|github|os|cpu|gpu|io|i|it|ok|\
    crud|http/https|csv|sdk|cli|pdf|web|server|client|backend|frontend|back-end|front-end|data|code|\
    library|service|korean|english|korea|seoul|key|value|query|index|cache|page|list|test|tests|build|\
    error|log|logs|file|type|user|users|job|jobs|queue|batch|event|events|retry|model|prompt|style|e2e";

/// The names in `text`: the bytes of each. Words that begin with a digit are numbers.
pub(super) fn names(text: &str) -> Vec<Range<usize>> {
    let korean = text.chars().any(is_hangul);
    let names = words(text).into_iter().filter(|at| {
        let before = text.get(..at.start).unwrap_or_default().trim_end();
        let starts_sentence = before.is_empty() || before.ends_with(['.', '!', '?', ':']);
        text.get(at.clone()).is_some_and(|word| is_name(word, korean, starts_sentence))
    });
    names.collect()
}

/// The words that are not Korean: of `Redis를` it is `Redis`.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, character) in text.char_indices().filter(|(_, character)| is_of_word(*character)) {
        match words.last_mut() {
            Some(word) if word.end == at => word.end += character.len_utf8(),
            _ => words.push(at..at + character.len_utf8()),
        }
    }
    let trimmed = words.into_iter().map(|at| {
        let word = text.get(at.clone()).unwrap_or_default();
        let inner = word.trim_start_matches(MARKS);
        let start = at.end - inner.len();
        start..start + inner.trim_end_matches(MARKS).len()
    });
    trimmed.filter(|at| !at.is_empty()).collect()
}

/// What stands within a word, but neither begins nor ends it.
const MARKS: [char; 6] = ['.', '-', '/', '\'', '_', '&'];

fn is_of_word(character: char) -> bool {
    (character.is_alphanumeric() && !is_hangul(character))
        || MARKS.contains(&character)
        || matches!(character, '+' | '#')
}

fn is_name(word: &str, korean: bool, starts_sentence: bool) -> bool {
    let lower = word.to_lowercase();
    if !word.starts_with(|c: char| c.is_ascii_alphabetic())
        || GENERAL.split('|').any(|general| general == lower)
    {
        return false;
    }
    let mut rest = word.chars().skip(1);
    let distinctive = rest.any(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '+' | '#'));
    let parts =
        || word.split(['-', '/']).skip(1).any(|part| part.starts_with(|c: char| c.is_ascii_uppercase()));
    let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
    distinctive || parts() || if korean { word.len() > 1 } else { capital && !starts_sentence }
}

/// Whether `name`, in small letters, is made of the first letters of words that follow each other in `text`:
/// `cer` of `character error rate`.
pub(super) fn is_initials(name: &str, text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let initials: String = words.filter_map(|word| word.chars().next()).collect();
    (3..=6).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphabetic()) && initials.contains(name)
}

#[cfg(test)]
mod tests {
    use super::is_initials;

    fn names(text: &str) -> Vec<&str> {
        super::names(text).into_iter().map(|at| text.get(at).unwrap()).collect()
    }

    #[test]
    fn english_names_are_told_by_their_letters() {
        assert_eq!(
            names("Moved FooDB data to Zanzibar with gRPC and a retry queue"),
            ["FooDB", "Zanzibar", "gRPC"]
        );
        assert_eq!(names("Added retries. Removed duplicates. Wrote tests for the API"), Vec::<&str>::new());
        assert_eq!(names("Used OAuth2 and C# in an event-driven way, UTF-8 only"), ["OAuth2", "C#", "UTF-8"]);
    }

    #[test]
    fn initials_are_known_by_their_words() {
        assert!(is_initials("cer", "report the character error rate per group"));
        assert!(!is_initials("cert", "report the character error rate per group"));
        assert!(!is_initials("er", "error rate"));
    }

    #[test]
    fn every_latin_word_of_a_korean_text_is_a_name() {
        assert_eq!(names("FooDB를 도입해 payment-api의 API 응답을 개선"), ["FooDB", "payment-api"]);
        assert_eq!(names("Zanzibar로 권한을 관리"), ["Zanzibar"]);
        assert!(names("결제 재시도 로직을 구현했습니다").is_empty());
    }
}
