//! What a number counts, told by the words around it.

use super::numerals::ends_word;

/// What a number counts. Two numbers are the same only if they count the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Things of any kind, or nothing that is said.
    Plain,
    /// Percent.
    Percent,
    /// Times as much.
    Times,
    /// Milliseconds.
    Milliseconds,
    /// Days.
    Days,
    /// Months.
    Months,
    /// Bytes.
    Bytes,
    /// Money, whatever the currency.
    Money,
    /// People.
    People,
    /// Per second.
    PerSecond,
    /// Metres.
    Metres,
    /// Pixels.
    Pixels,
    /// A year of the calendar.
    Year,
    /// A month of the calendar.
    MonthOfYear,
    /// A day of a month.
    DayOfMonth,
}

/// How a unit is written, what it counts, and by how much its numbers are multiplied and divided.
type Written = (&'static str, Unit, u128, u128);

/// Korean units, the longest first; a particle may follow.
const KOREAN: [Written; 29] = [
    ("기가바이트", Unit::Bytes, 1_000_000_000, 1),
    ("메가바이트", Unit::Bytes, 1_000_000, 1),
    ("킬로바이트", Unit::Bytes, 1_000, 1),
    ("마이크로초", Unit::Milliseconds, 1, 1_000),
    ("밀리초", Unit::Milliseconds, 1, 1),
    ("퍼센트", Unit::Percent, 1, 1),
    ("개월", Unit::Months, 1, 1),
    ("시간", Unit::Milliseconds, 3_600_000, 1),
    ("사람", Unit::People, 1, 1),
    ("달러", Unit::Money, 1, 1),
    ("바이트", Unit::Bytes, 1, 1),
    ("분기", Unit::Plain, 1, 1),
    ("분의", Unit::Plain, 1, 1),
    ("주년", Unit::Plain, 1, 1),
    ("주차", Unit::Plain, 1, 1),
    ("일차", Unit::Plain, 1, 1),
    ("년차", Unit::Plain, 1, 1),
    ("프로", Unit::Percent, 1, 1),
    ("초", Unit::Milliseconds, 1_000, 1),
    ("분", Unit::Milliseconds, 60_000, 1),
    ("일", Unit::Days, 1, 1),
    ("주", Unit::Days, 7, 1),
    ("달", Unit::Months, 1, 1),
    ("년", Unit::Months, 12, 1),
    ("배", Unit::Times, 1, 1),
    ("명", Unit::People, 1, 1),
    ("인", Unit::People, 1, 1),
    ("원", Unit::Money, 1, 1),
    ("월", Unit::MonthOfYear, 1, 1),
];

/// Latin units, in small letters; whole words.
const LATIN: [Written; 64] = [
    ("%", Unit::Percent, 1, 1),
    ("percent", Unit::Percent, 1, 1),
    ("pct", Unit::Percent, 1, 1),
    ("x", Unit::Times, 1, 1),
    ("times", Unit::Times, 1, 1),
    ("fold", Unit::Times, 1, 1),
    ("ns", Unit::Milliseconds, 1, 1_000_000),
    ("us", Unit::Milliseconds, 1, 1_000),
    ("µs", Unit::Milliseconds, 1, 1_000),
    ("ms", Unit::Milliseconds, 1, 1),
    ("msec", Unit::Milliseconds, 1, 1),
    ("millisecond", Unit::Milliseconds, 1, 1),
    ("milliseconds", Unit::Milliseconds, 1, 1),
    ("s", Unit::Milliseconds, 1_000, 1),
    ("sec", Unit::Milliseconds, 1_000, 1),
    ("secs", Unit::Milliseconds, 1_000, 1),
    ("second", Unit::Milliseconds, 1_000, 1),
    ("seconds", Unit::Milliseconds, 1_000, 1),
    ("m", Unit::Milliseconds, 60_000, 1),
    ("min", Unit::Milliseconds, 60_000, 1),
    ("mins", Unit::Milliseconds, 60_000, 1),
    ("minute", Unit::Milliseconds, 60_000, 1),
    ("minutes", Unit::Milliseconds, 60_000, 1),
    ("h", Unit::Milliseconds, 3_600_000, 1),
    ("hr", Unit::Milliseconds, 3_600_000, 1),
    ("hrs", Unit::Milliseconds, 3_600_000, 1),
    ("hour", Unit::Milliseconds, 3_600_000, 1),
    ("hours", Unit::Milliseconds, 3_600_000, 1),
    ("d", Unit::Days, 1, 1),
    ("day", Unit::Days, 1, 1),
    ("days", Unit::Days, 1, 1),
    ("week", Unit::Days, 7, 1),
    ("weeks", Unit::Days, 7, 1),
    ("month", Unit::Months, 1, 1),
    ("months", Unit::Months, 1, 1),
    ("year", Unit::Months, 12, 1),
    ("years", Unit::Months, 12, 1),
    ("bytes", Unit::Bytes, 1, 1),
    ("byte", Unit::Bytes, 1, 1),
    ("kb", Unit::Bytes, 1_000, 1),
    ("kib", Unit::Bytes, 1_000, 1),
    ("mb", Unit::Bytes, 1_000_000, 1),
    ("mib", Unit::Bytes, 1_000_000, 1),
    ("gb", Unit::Bytes, 1_000_000_000, 1),
    ("gib", Unit::Bytes, 1_000_000_000, 1),
    ("tb", Unit::Bytes, 1_000_000_000_000, 1),
    ("won", Unit::Money, 1, 1),
    ("krw", Unit::Money, 1, 1),
    ("usd", Unit::Money, 1, 1),
    ("dollars", Unit::Money, 1, 1),
    ("dollar", Unit::Money, 1, 1),
    ("mm", Unit::Metres, 1, 1_000),
    ("cm", Unit::Metres, 1, 100),
    ("km", Unit::Metres, 1_000, 1),
    ("px", Unit::Pixels, 1, 1),
    ("fps", Unit::PerSecond, 1, 1),
    ("hz", Unit::PerSecond, 1, 1),
    ("rps", Unit::PerSecond, 1, 1),
    ("tps", Unit::PerSecond, 1, 1),
    ("qps", Unit::PerSecond, 1, 1),
    ("people", Unit::People, 1, 1),
    ("person", Unit::People, 1, 1),
    ("persons", Unit::People, 1, 1),
    ("man", Unit::People, 1, 1),
];

/// Words for people that may stand a word after their number: `800 concurrent users`.
const PEOPLE: &str = "people|persons|users|user|members|member|developers|developer|engineers|engineer|students|customers|\
    teammates|colleagues|contributors|subscribers|visitors|players|participants|testers";

/// Words that make `times` before them a comparison.
const COMPARED: &str = "faster|more|less|as|higher|lower|larger|smaller|fewer|slower|better|quicker|the";

/// Words that make a number before them no adjective of what comes later.
const LINKS: [&str; 12] = ["for", "of", "to", "by", "in", "on", "per", "with", "from", "and", "or", "the"];

/// What a number counts: its unit, and by how much it is multiplied and divided.
pub(super) fn unit(before: &str, after: &str) -> (Unit, u128, u128) {
    let before = before.trim_end().to_lowercase();
    let words = words(after);
    if before.ends_with(['$', '₩', '€']) {
        return (Unit::Money, 1, 1);
    }
    if says_per_second(&before) || is_rate(&words) {
        return (Unit::PerSecond, 1, 1);
    }
    let of_people =
        ["team of", "group of", "사용자", "유저", "회원", "팀원"].iter().any(|words| before.ends_with(words));
    if of_people || is_people(&words) {
        return (Unit::People, 1, 1);
    }
    written(after).unwrap_or((Unit::Plain, 1, 1))
}

/// The unit that follows directly, after a space, or after a hyphen.
fn written(after: &str) -> Option<(Unit, u128, u128)> {
    let rest = after.trim_start_matches([' ', '-']);
    let close = after.len() - rest.len() <= 1;
    let lower = rest.to_lowercase();
    let latin_end = lower.find(|c: char| !c.is_ascii_alphabetic() && c != 'µ').unwrap_or(lower.len());
    let latin = if lower.starts_with('%') { Some("%") } else { lower.get(..latin_end) };
    let found = LATIN.iter().find(|(word, ..)| Some(*word) == latin);
    // Other single letters are units only when nothing parts them from the number: `5 m` may be anything.
    let attached = rest.len() == after.len();
    let found = found.filter(|(word, ..)| word.len() > 1 || matches!(*word, "%" | "s") || attached);
    // `3 times` counts, `3 times faster` multiplies.
    let compared = lower
        .get(latin_end..)
        .is_some_and(|rest| COMPARED.split('|').any(|word| rest.trim_start().starts_with(word)));
    let found = found.filter(|(word, ..)| *word != "times" || compared);
    let found =
        found.or_else(|| KOREAN.iter().find(|(word, ..)| rest.strip_prefix(word).is_some_and(ends_word)));
    found.filter(|_| close).map(|(_, unit, times, by)| (*unit, *times, *by))
}

fn words(after: &str) -> Vec<String> {
    let clause = after.split([',', '.', ';', '(', ')']).next().unwrap_or_default();
    let words = clause.split([' ', '-']).filter(|word| !word.is_empty()).take(4);
    words.map(str::to_lowercase).collect()
}

/// `초당 800건`, `초당 처리량을 38건에서 61건으로`: within the clause, not far before.
fn says_per_second(before: &str) -> bool {
    let clause = before.rsplit([',', '.', ';', '(', ')']).next().unwrap_or_default();
    clause.rsplit_once("초당").is_some_and(|(_, between)| between.chars().count() <= 20)
}

/// `800 requests per second`, `800/s`
fn is_rate(words: &[String]) -> bool {
    let pair = |one: &str, other: &str| words.windows(2).any(|pair| pair[0] == one && pair[1] == other);
    let slash = |word: &String| word.ends_with("/s") || word.ends_with("/sec") || word.ends_with("/second");
    pair("per", "second") || pair("a", "second") || words.iter().take(2).any(slash)
}

fn is_people(words: &[String]) -> bool {
    let named =
        |word: Option<&String>| word.is_some_and(|word| PEOPLE.split('|').any(|person| person == word));
    let adjective = words.first().is_some_and(|word| !word.ends_with('s') && !LINKS.contains(&word.as_str()));
    named(words.first()) || (adjective && named(words.get(1)))
}
