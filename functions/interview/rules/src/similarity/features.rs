//! What a question is about, as a list of things that another question has or has not.

use super::lexicon::{self, Entry};
use super::words::{Word, words};
use super::{english, korean};

/// A kind of feature, the most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A technology, product or abbreviation.
    Name,
    /// What the question wants to know: the reason, the difficulty …
    Aspect,
    /// A word, or two syllables of a Korean one, because compounds are written with and without spaces.
    Word,
    /// A word that tells little.
    Generic,
}

/// The features of `question`, some of them perhaps twice.
pub(super) fn features(question: &str) -> Vec<(Kind, String)> {
    let words = words(question);
    let is_korean = words.iter().any(|word| word.is_korean);
    let mut features = Vec::new();
    for word in &words {
        if word.is_korean {
            add_korean(word, &mut features);
        } else {
            features.extend(latin(word, is_korean));
        }
    }
    features
}

fn add_korean(word: &Word, features: &mut Vec<(Kind, String)>) {
    if !word.is_whole && korean::is_particle(&word.text) {
        return;
    }
    let stem = korean::stem(&word.text);
    match lexicon::look_up(stem).or_else(|| lexicon::look_up(&word.text)) {
        Some(Entry::Neutral) => {}
        Some(Entry::Head(kind, head)) => features.extend(known_as(kind, head)),
        None => {
            let syllables: Vec<char> = stem.chars().collect();
            let pairs = syllables.windows(2.min(syllables.len().max(1)));
            features.extend(pairs.map(|pair| (Kind::Word, pair.iter().collect())));
        }
    }
}

/// The features of a word in Latin letters or digits. Among Korean words it is a name, however it is written. A name
/// counts as a word as well, because in English only its capital tells it from one.
fn latin(word: &Word, among_korean: bool) -> Vec<(Kind, String)> {
    let name = english::name(&word.text);
    let known = lexicon::look_up(&name).or_else(|| lexicon::look_up(&english::stem(&word.text)));
    match known {
        Some(Entry::Neutral) => Vec::new(),
        Some(Entry::Head(kind, head)) => known_as(kind, head),
        None if !name.chars().any(char::is_alphabetic) => vec![(Kind::Generic, name)],
        None if among_korean || english::is_name(&word.text, word.is_first) => known_as(Kind::Name, &name),
        None => vec![(Kind::Word, english::stem(&word.text))],
    }
}

fn known_as(kind: Kind, head: &str) -> Vec<(Kind, String)> {
    let word = (kind == Kind::Name).then(|| (Kind::Word, english::stem(head)));
    word.into_iter().chain([(kind, head.to_owned())]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(question: &str) -> Vec<String> {
        let mut told: Vec<_> =
            features(question).into_iter().map(|(kind, text)| format!("{kind:?} {text}")).collect();
        told.sort();
        told
    }

    #[test]
    fn a_question_is_reduced_to_what_it_is_about() {
        assert_eq!(
            told("Redis를 캐시로 사용한 이유는 무엇인가요?"),
            ["Aspect reason", "Name redis", "Word cache", "Word redi", "Word use"]
        );
        assert_eq!(
            told("Why did you choose Redis as a cache?"),
            ["Aspect reason", "Name redis", "Word cache", "Word redi", "Word use"]
        );
        assert_eq!(told("동시성 제어는 어떻게?"), ["Word 동시", "Word 시성", "Word 제어"]);
        assert_eq!(told("팀 값 40%"), ["Generic 40", "Word team", "Word 값"]);
        assert_eq!(told("무엇인가요? 🎉"), Vec::<String>::new());
    }
}
