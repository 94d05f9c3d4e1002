//! The words that mean more, or less, than others: see `lexicon.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::english;
use super::features::Kind;
use super::words::is_hangul;

/// What the lexicon says of a word: that it tells nothing, or what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// The word tells nothing.
    Neutral,
    /// The word is one of a kind, and all words with this head are the same.
    Head(Kind, &'static str),
}

struct Lexicon {
    /// By the stem in Hangul, the stem in Latin letters, or the name in small letters.
    exact: HashMap<String, Entry>,
    beginnings: Vec<(&'static str, Entry)>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("lexicon.txt")));

/// What the lexicon says of `stem`.
pub(super) fn look_up(stem: &str) -> Option<Entry> {
    let begins = || LEXICON.beginnings.iter().find(|(beginning, _)| stem.starts_with(beginning));
    LEXICON.exact.get(stem).copied().or_else(|| begins().map(|(_, entry)| *entry))
}

impl Lexicon {
    fn read(text: &'static str) -> Self {
        let mut lexicon = Self { exact: HashMap::new(), beginnings: Vec::new() };
        for (entry, words) in text.lines().filter_map(line) {
            // A technology's head is its name.
            let name = if let Entry::Head(Kind::Name, head) = entry { head } else { "" };
            for word in words.split_whitespace().chain([name]).filter(|word| !word.is_empty()) {
                lexicon.add(word, entry);
            }
        }
        lexicon
    }

    fn add(&mut self, word: &'static str, entry: Entry) {
        if let Some(beginning) = word.strip_suffix('*') {
            self.beginnings.push((beginning, entry));
            return;
        }
        let is_name = matches!(entry, Entry::Head(Kind::Name, _));
        let stem =
            if word.starts_with(is_hangul) || is_name { word.to_lowercase() } else { english::stem(word) };
        self.exact.entry(stem).or_insert(entry);
    }
}

/// What a line says, and of which words; none for comments and blank lines.
fn line(line: &'static str) -> Option<(Entry, &'static str)> {
    let (class, words) = line.split_once(':').filter(|_| !line.starts_with('#'))?;
    let (class, head) = class.split_once(' ').unwrap_or((class, ""));
    let entry = match class {
        "name" => Entry::Head(Kind::Name, head),
        "aspect" => Entry::Head(Kind::Aspect, head),
        "word" => Entry::Head(Kind::Word, head),
        "generic" => Entry::Head(Kind::Generic, head),
        _ => Entry::Neutral,
    };
    Some((entry, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_of_a_known_class() {
        for text in
            include_str!("lexicon.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty())
        {
            let (entry, words) = line(text).unwrap();
            assert!(entry != Entry::Neutral || text.starts_with("neutral: "), "{text}");
            assert!(!words.trim().is_empty(), "{text}");
        }
    }

    #[test]
    fn words_stand_for_their_heads() {
        assert_eq!(look_up("레디스"), Some(Entry::Head(Kind::Name, "redis")));
        assert_eq!(look_up("어려웠던"), Some(Entry::Head(Kind::Aspect, "difficulty")));
        assert_eq!(look_up(&english::stem("challenges")), Some(Entry::Head(Kind::Aspect, "difficulty")));
        assert_eq!(look_up("무엇인가요"), Some(Entry::Neutral));
        assert_eq!(look_up("트랜잭션"), None);
    }
}
