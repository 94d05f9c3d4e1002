//! The fingerprint of a question: the smallest hashes of its features (a bottom-k sketch, Cohen and Kaplan 2007).
//!
//! Most questions have fewer features than there is room, and then the comparison is exact; of a longer one the
//! telling features are kept first. A change of the features or of the lexicon makes fingerprints that were
//! stored before like less than they should be, and nothing worse.

use std::cmp::Ordering;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::features::{Kind, features};

/// How many features a fingerprint has room for.
const ROOM: usize = 32;

/// The bits of a hash below those of its kind.
const HASH_BITS: u32 = 30;

/// Fills the places that no feature takes; no feature has this hash.
const NONE: u32 = u32::MAX;

/// From this [`Fingerprint::likeness`] on, two questions are the same one. Lower, questions that
/// differ in one verb are confused (at 50, 6 of 59); higher, free wordings are missed (at 70, 6 of 56, and of
/// the pairs held out 6 of 30). See `tests/pairs.rs`.
pub const LIKE: u8 = 60;

/// What is kept of a question to know it again: 128 bytes, in JSON 171 letters of base64.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fingerprint([u32; ROOM]);

/// A text that is no fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be {ROOM} numbers of four bytes, ascending, in base64")]
pub struct NotAFingerprint;

impl Fingerprint {
    /// The fingerprint of `question`.
    #[must_use]
    pub fn of(question: &str) -> Self {
        let mut hashes: Vec<u32> = features(question).iter().map(|(kind, text)| hash(*kind, text)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes.resize(ROOM, NONE);
        Self(std::array::from_fn(|at| hashes.get(at).copied().unwrap_or(NONE)))
    }

    /// Whether both are of the same question.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        self.likeness(other) >= LIKE
    }

    /// How much of what either is about both are about, in per cent; telling features weigh more.
    ///
    /// 0 if each names a technology that the other does not, or each wants to know something that the other
    /// does not: `Redis를 쓴 이유` and `Kafka를 쓴 이유` have most words in common and nothing else. 100 if neither
    /// is about anything.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> u8 {
        let (mut all, mut shared) = (0, 0);
        // Of names and of aspects: whether one side, and whether the other, has some of its own.
        let mut own = [[false; 2]; 2];
        for (hash, side) in self.merge(other) {
            let (kind, weight) = weight(hash);
            all += weight;
            match (side, own.get_mut(kind)) {
                (Side::Both, _) => shared += weight,
                (Side::Left, Some(own)) => own[0] = true,
                (Side::Right, Some(own)) => own[1] = true,
                (_, None) => {}
            }
        }
        if own.contains(&[true, true]) {
            return 0;
        }
        u8::try_from((shared * 100).checked_div(all).unwrap_or(100)).unwrap_or(100)
    }

    /// The smallest hashes of both: what a fingerprint of the two questions together would have.
    fn merge<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (u32, Side)> {
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
        let next = move || {
            let (mine, theirs) =
                (*left.peek().map_or(&NONE, |it| *it), *right.peek().map_or(&NONE, |it| *it));
            let (hash, side) = match mine.cmp(&theirs) {
                Ordering::Less => (mine, Side::Left),
                Ordering::Greater => (theirs, Side::Right),
                Ordering::Equal => (mine, Side::Both),
            };
            if side != Side::Right {
                left.next();
            }
            if side != Side::Left {
                right.next();
            }
            (hash != NONE).then_some((hash, side))
        };
        std::iter::from_fn(next).take(ROOM)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Both,
}

/// The kind in the upper two bits, so that the most telling features are the smallest.
fn hash(kind: Kind, text: &str) -> u32 {
    let bits = xxh3_64(text.as_bytes()) & ((1 << HASH_BITS) - 1);
    let hash = u32::try_from(bits).unwrap_or_default() | (kind as u32) << HASH_BITS;
    hash.min(NONE - 1)
}

/// The number of the kind of a feature, and how much it weighs.
const fn weight(hash: u32) -> (usize, u32) {
    match hash >> HASH_BITS {
        0 => (0, 1),
        1 => (1, 2),
        2 => (2, 2),
        _ => (3, 1),
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> Self {
        let bytes: Vec<u8> = fingerprint.0.iter().flat_map(|hash| hash.to_be_bytes()).collect();
        STANDARD_NO_PAD.encode(bytes)
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = NotAFingerprint;

    fn try_from(text: String) -> Result<Self, NotAFingerprint> {
        let bytes = STANDARD_NO_PAD.decode(text).map_err(|_| NotAFingerprint)?;
        let (numbers, rest) = bytes.as_chunks::<4>();
        let hashes: Vec<u32> = numbers.iter().map(|number| u32::from_be_bytes(*number)).collect();
        let hashes: [u32; ROOM] = hashes.try_into().map_err(|_| NotAFingerprint)?;
        let ascending = hashes.windows(2).all(|pair| matches!(pair, [a, b] if a < b || *b == NONE));
        if rest.is_empty() && ascending { Ok(Self(hashes)) } else { Err(NotAFingerprint) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn likeness(one: &str, other: &str) -> u8 {
        Fingerprint::of(one).likeness(&Fingerprint::of(other))
    }

    #[test]
    fn another_technology_or_another_wish_makes_another_question() {
        let question = "Redis를 캐시로 사용한 이유는 무엇인가요?";
        assert_eq!(likeness(question, "왜 캐시로 레디스를 선택하셨나요?"), 100);
        assert_eq!(likeness(question, "Kafka를 캐시로 사용한 이유는 무엇인가요?"), 0);
        assert_eq!(likeness(question, "Redis를 캐시로 사용하며 어려웠던 점은 무엇인가요?"), 0);
        assert!(likeness(question, "캐시를 사용한 이유는 무엇인가요?") > 0);
    }

    #[test]
    fn questions_about_nothing_are_one() {
        assert_eq!(likeness("", "무엇인가요?"), 100);
        assert_eq!(likeness("", "동시성 제어"), 0);
    }

    #[test]
    fn a_long_question_keeps_what_is_telling() {
        let long = |name: &str| format!("{name}. {}", ('가'..='힣').step_by(7).take(400).collect::<String>());
        assert_eq!(likeness(&long("Redis"), &long("Kafka")), 0);
        assert!(Fingerprint::of(&long("Redis")).is_like(&Fingerprint::of(&long("Redis"))));
    }

    #[test]
    fn fingerprints_are_the_same_in_every_release() {
        let text = String::from(Fingerprint::of("Redis?"));
        assert_eq!(text.len(), 171);
        assert!(text.starts_with("Dx4zO"), "{text}");
        for broken in ["", "AAAA", "가", &text[4..], &format!("{}AA{}", &text[..160], &text[162..])] {
            assert_eq!(Fingerprint::try_from(broken.to_owned()), Err(NotAFingerprint), "{broken}");
        }
    }

    proptest! {
        #[test]
        fn likeness_is_mutual_and_whole_for_the_same(one in "[a-zA-Z가-나 .?]{0,60}", other in "[a-zA-Z가-나 .?]{0,60}") {
            prop_assert_eq!(likeness(&one, &other), likeness(&other, &one));
            prop_assert_eq!(likeness(&one, &one), 100);
        }

        #[test]
        fn fingerprints_come_back_from_text(question in any::<String>()) {
            let fingerprint = Fingerprint::of(&question);
            prop_assert_eq!(Fingerprint::try_from(String::from(fingerprint)), Ok(fingerprint));
        }
    }
}
