//! A text as its reader sees it: `０１０`, `𝟘𝟙𝟘` and `0️⃣1️⃣0️⃣` are 010.

use std::ops::Range;

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::CodePointSetData;
use icu_properties::props::DefaultIgnorableCodePoint;

/// The key that emoji digits stand on.
const KEYCAP: char = '\u{20e3}';

/// The characters of a text, simplified, and where each stands in it.
pub(super) struct Seen {
    /// The simple forms.
    pub characters: Vec<char>,
    /// The bytes that each takes.
    places: Vec<Range<usize>>,
}

impl Seen {
    pub(super) fn of(text: &str) -> Self {
        let mut seen = Self { characters: Vec::new(), places: Vec::new() };
        for (at, character) in text.char_indices() {
            let end = at + character.len_utf8();
            if is_ignored(character) {
                continue;
            }
            seen.characters.push(simple(character));
            seen.places.push(at..end);
        }
        seen
    }

    /// The bytes of the text that `characters` take, with whatever is not seen between them.
    pub(super) fn bytes(&self, characters: &Range<usize>) -> Option<Range<usize>> {
        let first = self.places.get(characters.start)?;
        let last = self.places.get(characters.end.checked_sub(1)?)?;
        Some(first.start..last.end)
    }

    /// The character at `at`, if there is one.
    pub(super) fn at(&self, at: usize) -> Option<char> {
        self.characters.get(at).copied()
    }

    /// The character before `at`, if there is one.
    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.at(at.checked_sub(1)?)
    }

    /// What the characters in `range` read.
    pub(super) fn text(&self, range: Range<usize>) -> String {
        self.characters.get(range).unwrap_or_default().iter().collect()
    }
}

fn is_ignored(character: char) -> bool {
    !character.is_ascii()
        && (character == KEYCAP || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character))
}

fn simple(character: char) -> char {
    let compatible = if character.is_ascii() { character } else { compatible(character) };
    match compatible {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        // Dots at half height, and the Korean letters ㆍ and ㅡ that are typed for one and for a dash.
        '\u{b7}' | '\u{2022}' | '\u{2027}' | '\u{2219}' | '\u{30fb}' | '\u{119e}' | '\u{1173}' => '-',
        '\u{223c}' | '\u{301c}' => '~',
        // A number goes on in the next line only behind a sign.
        '\n' => '\n',
        space if space.is_whitespace() => ' ',
        other => other,
    }
}

/// What `character` is compatible with (NFKC), if that is one character.
fn compatible(character: char) -> char {
    let mut buffer = [0; 4];
    let text = character.encode_utf8(&mut buffer);
    let normal = ComposingNormalizerBorrowed::new_nfkc().normalize(text);
    let mut characters = normal.chars();
    match (characters.next(), characters.next()) {
        (Some(only), None) => only,
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_is_seen_alike() {
        for text in ["０１０－１", "𝟘𝟙𝟘-1", "0️⃣1️⃣0️⃣-1️⃣", "0\u{200b}1\u{ad}0\u{2011}1", "010·1"]
        {
            let seen = Seen::of(text);
            assert_eq!(seen.text(0..seen.characters.len()), "010-1", "{text}");
        }
        assert_eq!(Seen::of("½ \u{3000}\n").text(0..4), "½  \n");
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "가０️⃣1";
        let seen = Seen::of(text);
        assert_eq!(seen.bytes(&(1..3)).map(|at| &text[at]), Some("０️⃣1"));
        assert_eq!((seen.bytes(&(0..0)), seen.bytes(&(2..4))), (None, None));
    }
}
