//! Numbers that are written in words, in English and in Korean.

use super::mentions::is_hangul;

/// What a word of number says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Numeral {
    /// A number.
    Exact(u128),
    /// So many times as before.
    Times(u128),
    /// A size without a number, such as `hundreds`, by its English word.
    Vague(&'static str),
}

/// English numbers, parted by `|`.
const ENGLISH: &str = "two=2|three=3|four=4|five=5|six=6|seven=7|eight=8|nine=9|ten=10|eleven=11|twelve=12|dozen=12|thirteen=13|\
    fourteen=14|fifteen=15|sixteen=16|seventeen=17|eighteen=18|nineteen=19|twenty=20|thirty=30|forty=40|fifty=50|sixty=60|\
    seventy=70|eighty=80|ninety=90|hundred=100|thousand=1000|million=1000000|billion=1000000000|twice=2";

/// English words that multiply.
const ENGLISH_TIMES: &str = "doubled=2|doubling=2|double the=2|twice as=2|twice the=2|twofold=2|tripled=3|tripling=3|threefold=3|\
    tenfold=10";

/// Sizes without a number, by the English word for the same.
const VAGUE: &str = "half=half|halved=half|halving=half|절반=half|반으로=half|dozens=tens|tens=tens|hundreds=hundreds|\
    thousands=thousands|millions=millions|billions=billions|수십=tens|수백=hundreds|수천=thousands|수만=thousands|수억=millions";

/// Korean numerals of one's own, as they stand before a counter. `한` and `하나` are left out: they mostly mean
/// no number, and nobody boasts with one.
const NATIVE: &str = "두=2|세=3|네=4|다섯=5|여섯=6|일곱=7|여덟=8|아홉=9|열=10|열두=12|열다섯=15|스무=20|스물=20|서른=30|마흔=40|\
    쉰=50|예순=60";

/// Counters that make a Korean word before them a number.
const COUNTERS: &str =
    "퍼센트|가지|단계|시간|차례|개월|군데|사람|%|명|개|배|건|곳|번|종|대|회|달|초|분|원|년|인|주";

/// What may follow a counter within its word.
const PARTICLES: &str = "을를이가은는의에로으도만씩당과와간마까부정였입짜급";

/// The number that `rest` begins with, and its length in bytes. `before` is the character before it.
pub(super) fn read(rest: &str, before: Option<char>) -> Option<(Numeral, usize)> {
    let first = rest.chars().next()?;
    if is_hangul(first) {
        return if before.is_some_and(is_hangul) { None } else { korean(rest) };
    }
    let inside = before.is_some_and(|before| before.is_ascii_alphanumeric() || before == '_');
    if inside || !first.is_ascii_alphabetic() { None } else { english(rest) }
}

fn english(rest: &str) -> Option<(Numeral, usize)> {
    let lower = rest.get(..rest.char_indices().nth(12).map_or(rest.len(), |(at, _)| at))?.to_lowercase();
    let is_word = |word: &str| {
        let after = lower.strip_prefix(word);
        after.is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_alphanumeric()))
    };
    if let Some((word, times)) = entries(ENGLISH_TIMES).find(|(word, _)| is_word(word)) {
        return Some((Numeral::Times(times.parse().ok()?), word.len()));
    }
    if let Some((word, meaning)) = entries(VAGUE).find(|(word, _)| is_word(word)) {
        return Some((Numeral::Vague(meaning), word.len()));
    }
    let (word, value) = entries(ENGLISH).find(|(word, _)| is_word(word))?;
    let value: u128 = value.parse().ok()?;
    let ones =
        rest.get(word.len()..)?.strip_prefix('-').and_then(english).filter(|_| (20..100).contains(&value));
    match ones {
        Some((Numeral::Exact(ones), length)) if ones < 10 => {
            Some((Numeral::Exact(value + ones), word.len() + 1 + length))
        }
        _ => Some((Numeral::Exact(value), word.len())),
    }
}

fn korean(rest: &str) -> Option<(Numeral, usize)> {
    if let Some((word, meaning)) = entries(VAGUE).find(|(word, _)| rest.starts_with(word)) {
        return Some((Numeral::Vague(meaning), word.len()));
    }
    native(rest).or_else(|| sino(rest))
}

/// `두 개`, `열두 가지`
fn native(rest: &str) -> Option<(Numeral, usize)> {
    let found = entries(NATIVE).filter(|(word, _)| rest.strip_prefix(word).is_some_and(counted));
    let (word, value) = found.max_by_key(|(word, _)| word.len())?;
    Some((Numeral::Exact(value.parse().ok()?), word.len()))
}

/// The pairs of a table.
fn entries(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.split('|').filter_map(|entry| entry.split_once('='))
}

/// `삼십 퍼센트`, `백만 명`
fn sino(rest: &str) -> Option<(Numeral, usize)> {
    let digits: Vec<(usize, char)> =
        rest.char_indices().take_while(|(_, c)| sino_value(*c).is_some()).collect();
    let end = digits.last().map(|(at, last)| at + last.len_utf8())?;
    // A lone small digit (`이 개발`, `사 번`) is more often another word.
    let telling =
        digits.len() > 1 || digits.first().is_some_and(|(_, c)| sino_value(*c).is_some_and(|it| it >= 10));
    if !telling || !rest.get(end..).is_some_and(counted) {
        return None;
    }
    let (mut total, mut section, mut digit) = (0_u128, 0_u128, 0_u128);
    for value in digits.iter().filter_map(|(_, c)| sino_value(*c)) {
        match value {
            0..10 => digit = value,
            10..10_000 => {
                section = section.checked_add(value.checked_mul(digit.max(1))?)?;
                digit = 0;
            }
            _ => {
                total = total.checked_add(value.checked_mul((section + digit).max(1))?)?;
                (section, digit) = (0, 0);
            }
        }
    }
    Some((Numeral::Exact(total.checked_add(section + digit)?), end))
}

/// How much a Sino-Korean numeral is worth by itself.
pub(super) fn sino_value(character: char) -> Option<u128> {
    Some(match character {
        '일' => 1,
        '이' => 2,
        '삼' => 3,
        '사' => 4,
        '오' => 5,
        '육' => 6,
        '칠' => 7,
        '팔' => 8,
        '구' => 9,
        '십' => 10,
        '백' => 100,
        '천' => 1_000,
        '만' => 10_000,
        '억' => 100_000_000,
        '조' => 1_000_000_000_000,
        _ => return None,
    })
}

/// Whether a counter follows, after at most one space, and its word ends there.
fn counted(after: &str) -> bool {
    let after = after.strip_prefix(' ').unwrap_or(after);
    COUNTERS.split('|').filter_map(|counter| after.strip_prefix(counter)).any(ends_word)
}

/// Whether a Korean word ends before `rest`, but for a particle.
pub(super) fn ends_word(rest: &str) -> bool {
    rest.chars().next().is_none_or(|next| !is_hangul(next) || PARTICLES.contains(next))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Option<u128> {
        match read(text, None)? {
            (Numeral::Exact(value), _) => Some(value),
            _ => None,
        }
    }

    #[test]
    fn korean_numerals_count_before_a_counter() {
        for (text, value) in [
            ("두 개의", 2),
            ("세 가지를", 3),
            ("열두 명", 12),
            ("열 번", 10),
            ("스무 건", 20),
            ("삼십 퍼센트", 30),
            ("오십%", 50),
            ("백만 명", 1_000_000),
            ("이천오백 건", 2_500),
            ("만 이", 0),
            ("천 명이", 1_000),
            ("이십사 시간", 24),
        ] {
            assert_eq!(exact(text), (value > 0).then_some(value), "{text}");
        }
        for text in [
            "이 개발",
            "세션 개수",
            "두 번째개발자",
            "사용자 개",
            "만들었다",
            "이번",
            "일 개",
            "백엔드 개발",
            "구조 개선",
            "백오프로 처리",
        ] {
            assert_eq!(exact(text), None, "{text}");
        }
        assert_eq!(read("만 건", Some('것')), None);
    }

    #[test]
    fn english_numerals_are_whole_words() {
        for (text, value) in [("two services", 2), ("Twenty-five", 25), ("twelve.", 12), ("ninety-", 90)] {
            assert_eq!(exact(text), Some(value), "{text}");
        }
        for text in ["twofaced", "one", "tenant", "oneself", "sixth", "intent"] {
            assert_eq!(exact(text), None, "{text}");
        }
        assert_eq!(read("ten", Some('t')), None);
    }

    #[test]
    fn sizes_without_a_number_are_told_by_their_word() {
        for (text, meaning) in
            [("hundreds of", "hundreds"), ("수백 명", "hundreds"), ("절반으로", "half"), ("halved", "half")]
        {
            assert_eq!(read(text, None).map(|(it, _)| it), Some(Numeral::Vague(meaning)), "{text}");
        }
        assert_eq!(read("doubled the", None).map(|(it, _)| it), Some(Numeral::Times(2)));
    }
}
