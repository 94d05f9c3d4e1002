//! The name that others see.
//!
//! It is shown as its owner wrote it (in NFC) and is unique by its key: NFKC and full case folding, so that
//! `Ｍaru` and `maru` cannot both be there (Unicode Standard §3.13, D146, compatibility caseless matching).
//! What a reader cannot see may not be in it: with an invisible character, every nickname could be had twice.

use icu_casemap::CaseMapper;
use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory};
use icu_properties::{CodePointMapData, CodePointSetData};
use serde::{Deserialize, Serialize};

/// The fewest and the most characters (Unicode scalar values, in NFC).
const LENGTH: std::ops::RangeInclusive<usize> = 2..=12;

/// How somebody is called of whom nothing is known.
const NAMELESS: &str = "회원";

/// Drawn as nothing, though by its category a symbol.
const BLANK_BRAILLE: char = '\u{2800}';

/// A nickname of 2 to 12 characters that can be seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Nickname(String);

/// A text that is no nickname.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NicknameError {
    /// Too short or too long.
    #[error("must have 2 to 12 characters")]
    Length,
    /// A control, format, bidirectional, zero-width or unassigned character, or one that is drawn as nothing.
    #[error("must not have characters that cannot be seen")]
    Invisible,
    /// White space at an end, doubled, or other than a space.
    #[error("may have single spaces between words only")]
    Space,
    /// U+FFFD, which stands for what was no text, such as broken UTF-8 in an address.
    #[error("must not have characters that could not be read")]
    Unreadable,
    /// A mark without a letter to stand on.
    #[error("must not begin with a combining mark")]
    Mark,
}

impl Nickname {
    /// As its owner wrote it, in NFC.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A nickname for somebody who has not chosen one, after what they are called elsewhere; with a number
    /// for when that is taken.
    #[must_use]
    pub fn suggested(name: &str, number: Option<u16>) -> Self {
        let tail = number.map_or(String::new(), |number| number.to_string());
        let room = LENGTH.end() - tail.len();
        let readable = |each: char| each != char::REPLACEMENT_CHARACTER && !is_invisible(each);
        let kept: String = name.chars().filter(|each| readable(*each) && !is_space(*each)).collect();
        let kept = ComposingNormalizerBorrowed::new_nfc().normalize(&kept).into_owned();
        let short: String = kept.chars().skip_while(|each| is_mark(*each)).take(room).collect();
        let nameless = || Self(format!("{NAMELESS}{tail}"));
        if short.is_empty() {
            return nameless();
        }
        Self::try_from(format!("{short}{tail}")).unwrap_or_else(|_| nameless())
    }

    /// What all spellings of one nickname have in common.
    #[must_use]
    pub fn key(&self) -> String {
        // Folding may bring up what normalisation changes again; after two rounds nothing does (D146).
        fold(&fold(&self.0))
    }
}

fn fold(text: &str) -> String {
    let compatible = ComposingNormalizerBorrowed::new_nfkc();
    let folded = CaseMapper::new().fold_string(&compatible.normalize(text)).into_owned();
    compatible.normalize(&folded).into_owned()
}

impl TryFrom<String> for Nickname {
    type Error = NicknameError;

    fn try_from(text: String) -> Result<Self, NicknameError> {
        // Before it is composed, which costs more the longer it is.
        if text.chars().count() > 4 * LENGTH.end() {
            return Err(NicknameError::Length);
        }
        let text = ComposingNormalizerBorrowed::new_nfc().normalize(&text).into_owned();
        if text.chars().any(is_invisible) {
            return Err(NicknameError::Invisible);
        }
        if text.contains(char::REPLACEMENT_CHARACTER) {
            return Err(NicknameError::Unreadable);
        }
        let other_space = |character: char| character != ' ' && is_space(character);
        if text.starts_with(' ')
            || text.ends_with(' ')
            || text.contains("  ")
            || text.chars().any(other_space)
        {
            return Err(NicknameError::Space);
        }
        if text.chars().next().is_some_and(is_mark) {
            return Err(NicknameError::Mark);
        }
        if LENGTH.contains(&text.chars().count()) { Ok(Self(text)) } else { Err(NicknameError::Length) }
    }
}

impl From<Nickname> for String {
    fn from(nickname: Nickname) -> Self {
        nickname.0
    }
}

fn category(character: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(character)
}

/// Whether a character is drawn as nothing, or changes how others are drawn. The fillers of Hangul, known for
/// nicknames without a letter, are "default ignorable"; bidirectional controls and joiners are of the
/// category "format".
fn is_invisible(character: char) -> bool {
    let by_category = matches!(
        category(character),
        GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::PrivateUse
            | GeneralCategory::Surrogate
            | GeneralCategory::Unassigned
    );
    let ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character);
    by_category || ignorable || character == BLANK_BRAILLE
}

fn is_space(character: char) -> bool {
    let separators = [
        GeneralCategory::SpaceSeparator,
        GeneralCategory::LineSeparator,
        GeneralCategory::ParagraphSeparator,
    ];
    separators.contains(&category(character))
}

fn is_mark(character: char) -> bool {
    let marks =
        [GeneralCategory::NonspacingMark, GeneralCategory::SpacingMark, GeneralCategory::EnclosingMark];
    marks.contains(&category(character))
}

#[cfg(test)]
mod tests;
