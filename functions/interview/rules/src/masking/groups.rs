//! Digits as people group them: `+82 (0)10-1234-5678` is 82, 0, 10, 1234, 5678.

use std::ops::Range;

use super::seen::Seen;
use super::word::{self, Around};

/// The most groups that a number has: eleven single digits and a country code.
const MOST: usize = 14;

/// The most characters between two groups: `) - `, ` - ` and a line break.
const BETWEEN: usize = 5;

/// How many characters around a number are looked at: more than the longest label has.
const AROUND: usize = 16;

/// The digits from some place on, as far as they may be one number.
pub(super) struct Groups {
    /// All digits, one after another.
    pub digits: String,
    /// How many digits there are up to the end of each group.
    pub ends: Vec<usize>,
    /// What stands between each group and the next.
    pub between: Vec<String>,
    /// How many of the first groups are kept together by what may stand in any number. Behind them, only a
    /// mobile number goes on.
    pub plain: usize,
    /// Whether a `+` stands before the first.
    pub plus: bool,
    places: Vec<Range<usize>>,
}

impl Groups {
    /// The groups of which the first begins at `at`; none if no group begins there. What stands before `from` is not
    /// looked at.
    pub(super) fn read(seen: &Seen, at: usize, from: usize) -> Option<Self> {
        let is_digit = |at: usize| seen.at(at).is_some_and(|character| character.is_ascii_digit());
        if !is_digit(at) || at.checked_sub(1).is_some_and(is_digit) {
            return None;
        }
        let mut groups = Self {
            digits: String::new(),
            ends: Vec::new(),
            between: Vec::new(),
            plain: 1,
            plus: is_dialled(&seen.text(from.max(at.saturating_sub(AROUND))..at), &seen.text(at..at + 2)),
            places: Vec::new(),
        };
        let mut start = at;
        loop {
            let end = (start..).find(|at| !is_digit(*at)).unwrap_or(start);
            groups.digits.push_str(&seen.text(start..end));
            groups.ends.push(groups.digits.len());
            groups.places.push(start..end);
            let next = (end + 1..=end + BETWEEN).find(|at| is_digit(*at));
            let Some(next) = next.filter(|_| groups.places.len() < MOST) else { return Some(groups) };
            let between = seen.text(end..next);
            match joint(&between) {
                None => return Some(groups),
                Some(Joint::Plain) if groups.plain == groups.places.len() => groups.plain += 1,
                Some(_) => {}
            }
            groups.between.push(between);
            start = next;
        }
    }

    /// The lengths at which the first `count` groups are cut, and the digits they hold.
    pub(super) fn first(&self, count: usize) -> Option<(&str, &[usize])> {
        let (end, cuts) = self.ends.get(..count)?.split_last()?;
        Some((self.digits.get(..*end)?, cuts))
    }

    /// What stands around the first group, from `from` on.
    pub(super) fn around(&self, seen: &Seen, from: usize) -> Around {
        let first = self.places.first().cloned().unwrap_or_default();
        let from = from.max(first.start.saturating_sub(AROUND));
        let to = seen.characters.len().min(first.end + AROUND);
        Around { before: seen.text(from..first.start), behind: seen.text(first.end..to) }
    }

    /// Where the first `count` groups stand, with the `+` and the parenthesis before them if it is closed
    /// within them.
    pub(super) fn range(&self, seen: &Seen, count: usize) -> Range<usize> {
        let start = self.places.first().map_or(0, |first| first.start);
        let end = self.places.get(count.saturating_sub(1)).map_or(start, |last| last.end);
        let start = start - usize::from(self.plus);
        let inside = seen.text(start..end);
        let closes = inside.find(')').is_some_and(|close| inside.find('(').is_none_or(|open| close < open));
        start - usize::from(closes && seen.before(start) == Some('('))..end
    }
}

/// Whether `before` ends with the `+` of a number, and not of `C++` or `1+1`. That of Korea, whose number begins with
/// `country`, is one wherever it stands.
fn is_dialled(before: &str, country: &str) -> bool {
    let Some(rest) = before.strip_suffix('+') else { return false };
    let is_sum = rest.ends_with(|last: char| last.is_ascii_digit() || last == '+');
    country == "82" || !(is_sum || word::is_named(rest))
}

/// How two groups are kept together.
enum Joint {
    /// As in any number: by at most one sign, in the same line.
    Plain,
    /// As in a mobile number, which is told by its digits alone: also by the signs of lists and ranges, by one sign
    /// several times, and over a line that ends behind a sign, as PDFs break it.
    Mobile,
}

/// How what stands between two groups keeps them together, if it does.
fn joint(between: &str) -> Option<Joint> {
    let signs: String = between.chars().filter(|character| !matches!(character, ' ' | '(' | ')')).collect();
    let repeated = signs.strip_suffix('\n').unwrap_or(&signs);
    let sign = repeated.chars().next();
    match sign {
        None => signs.is_empty().then_some(Joint::Plain),
        Some('-' | '.' | '/') if signs.len() == 1 => Some(Joint::Plain),
        Some(sign @ ('-' | '.' | '/' | '_' | ',' | '~')) => {
            repeated.chars().all(|other| other == sign).then_some(Joint::Mobile)
        }
        Some(_) => None,
    }
}
