//! Which technologies a text names.

use std::ops::Range;

use crate::facts::technologies::{self, Spelling, Technology};

/// A technology that is named in a text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// The technology's name in the table.
    pub(super) name: &'static str,
    /// The bytes of the text that name it.
    pub(super) at: Range<usize>,
}

/// All technologies that `text` names, each place once: in `React Native` there is no `React`.
pub(super) fn mentions(text: &str) -> Vec<Mention> {
    let lower = small(text);
    let mut found: Vec<Mention> = Vec::new();
    for (technology, spelling) in longest_first() {
        let within = if spelling.exact { text } else { &lower };
        for (at, _) in within.match_indices(spelling.text.as_str()) {
            let at = at..at + spelling.text.len();
            let taken = found.iter().any(|mention| mention.at.start < at.end && at.start < mention.at.end);
            if !taken && stands_alone(text, &at) {
                found.push(Mention { name: technology.name, at });
            }
        }
    }
    found.sort_by_key(|mention| mention.at.start);
    found
}

/// Small letters of the same length in bytes, so that places in one are places in the other.
pub(super) fn small(text: &str) -> String {
    text.chars()
        .map(|character| {
            let mut lower = character.to_lowercase();
            let first = lower
                .next()
                .filter(|first| first.len_utf8() == character.len_utf8() && lower.next().is_none());
            first.unwrap_or(character)
        })
        .collect()
}

fn longest_first() -> &'static [(&'static Technology, &'static Spelling)] {
    static SPELLINGS: std::sync::LazyLock<Vec<(&'static Technology, &'static Spelling)>> =
        std::sync::LazyLock::new(|| {
            let pairs = technologies::all()
                .iter()
                .flat_map(|it| it.spellings().iter().map(move |spelling| (it, spelling)));
            let mut pairs: Vec<_> = pairs.collect();
            pairs.sort_by_key(|(_, spelling)| std::cmp::Reverse(spelling.text.len()));
            pairs
        });
    &SPELLINGS
}

/// Whether what stands at `at` is a word of its own: not part of a longer Latin word, nor the end of a longer
/// Korean one. A Korean particle may follow either.
fn stands_alone(text: &str, at: &Range<usize>) -> bool {
    let (Some(word), before, after) = (text.get(at.clone()), text.get(..at.start), text.get(at.end..)) else {
        return false;
    };
    let before = before.and_then(|before| before.chars().next_back());
    let after = after.and_then(|after| after.chars().next());
    let korean = word.starts_with(is_hangul);
    let glued_before = before
        .is_some_and(|before| if korean { is_hangul(before) } else { is_word(before) || before == '.' });
    let glued_after =
        after.is_some_and(|after| !korean && (is_word(after) || matches!(after, '+' | '#' | '&')));
    !glued_before && !glued_after
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() && !is_hangul(character)
}

pub(super) fn is_hangul(character: char) -> bool {
    matches!(character, '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names(text: &str) -> Vec<&'static str> {
        mentions(text).into_iter().map(|mention| mention.name).collect()
    }

    #[test]
    fn technologies_are_found_however_they_are_written() {
        assert_eq!(names("Used redis, Next.js and 스프링 부트로 API를"), ["Redis", "Next.js", "Spring Boot"]);
        assert_eq!(
            names("React Native와 React, JavaScript의 Java"),
            ["React Native", "React", "JavaScript", "Java"]
        );
        assert_eq!(names("C++ and C# but C too"), ["C++", "C#", "C"]);
        assert_eq!(names("자바스크립트에서 자바로, 레디스를"), ["JavaScript", "Java", "Redis"]);
        assert_eq!(names("redis_client.rs, spring-boot, kafka/consumer"), ["Redis", "Spring Boot", "Kafka"]);
    }

    #[test]
    fn words_of_everyday_language_are_no_technologies() {
        assert!(names("Users go to the express checkout and react; a rust-coloured spring").is_empty());
        assert!(names("reactor, javanese, R&D, Cargo, scalable, pythonic, gitignore").is_empty());
        assert_eq!(names("Go로 작성, Express 서버"), ["Go", "Express"]);
    }

    proptest! {
        #[test]
        fn a_mention_is_a_piece_of_the_text(text in "[a-zA-Z가-힣 .+#İßＡ]{0,60}") {
            for mention in mentions(&text) {
                prop_assert!(text.get(mention.at).is_some());
            }
        }
    }
}
