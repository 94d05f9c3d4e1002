//! The numbers of a text, so that those of a statement can be looked for in its sources.
//!
//! Numbers are the same if they are worth the same and count the same: `1,200 ms` is `1.2초`, `3만` is `30k`,
//! `세 개` is `3`, but 800 people are not 800 requests. Digits within a name (`S3`, `UTF-8`, `p99`) belong to
//! the name and are held to the sources with it.

use std::ops::Range;

use super::dates::date;
use super::numerals::{self, Numeral, sino_value};
use super::units::{Unit, unit};

/// Millionths, in which numbers are kept.
pub(super) const ONE: u128 = 1_000_000;

/// A number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Quantity {
    /// So many millionths of a unit.
    Measured(u128, Unit),
    /// What has to be written the same: a version, a reference, a size in words.
    Literal(String),
}

/// A number in a text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The number.
    pub(super) quantity: Quantity,
    /// The bytes of [`plain`]'s text that say it.
    pub(super) at: Range<usize>,
}

/// The text in which numbers are looked for: digits and signs of full width become those of ASCII.
pub(super) fn plain(text: &str) -> String {
    let narrow = |character: char| match character {
        '０'..='９' => {
            char::from_u32(u32::from(character) - u32::from('０') + u32::from('0')).unwrap_or(character)
        }
        '％' => '%',
        '，' => ',',
        '．' => '.',
        other => other,
    };
    text.chars().map(narrow).collect()
}

/// All numbers in `text`, which [`plain`] gave.
pub(super) fn quantities(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let before = text.get(..at).unwrap_or_default();
        let length = read(before, rest, at, &mut found);
        at += length.max(rest.chars().next().map_or(1, char::len_utf8));
    }
    share_units(text, &mut found);
    found
}

/// Reads what `rest` begins with; gives how many bytes were read, 0 if it is no number.
fn read(before: &str, rest: &str, at: usize, found: &mut Vec<Found>) -> usize {
    let last = before.chars().next_back();
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        let length = run(rest);
        let digits = rest.get(..length).unwrap_or_default();
        if is_of_a_name(before) {
            return length;
        }
        return numeric(before, rest, digits, at, found);
    }
    if let Some(symbol) = rest.chars().next().filter(|c| c.is_numeric() && !c.is_alphabetic()) {
        let quantity = Quantity::Literal(symbol.to_string());
        found.push(Found { quantity, at: at..at + symbol.len_utf8() });
        return symbol.len_utf8();
    }
    let Some((numeral, length)) = numerals::read(rest, last) else { return 0 };
    let after = rest.get(length..).unwrap_or_default();
    let quantity = match numeral {
        Numeral::Exact(value) => measured(value.saturating_mul(ONE), before, after),
        Numeral::Times(value) => Quantity::Measured(value.saturating_mul(ONE), Unit::Times),
        Numeral::Vague(word) => Quantity::Literal(word.to_owned()),
    };
    found.push(Found { quantity, at: at..at + length });
    length
}

/// Whether digits after `before` belong to a name: `S3`, `utf_8`, `UTF-8`, `HTTP/2`.
fn is_of_a_name(before: &str) -> bool {
    let mut last = before.chars().rev();
    match last.next() {
        Some(letter) if letter.is_ascii_alphabetic() || letter == '_' => true,
        Some('-' | '/') => last.next().is_some_and(|letter| letter.is_ascii_alphabetic()),
        _ => false,
    }
}

/// A number in digits, or a date. Gives how many bytes were read.
fn numeric(before: &str, rest: &str, digits: &str, at: usize, found: &mut Vec<Found>) -> usize {
    if let Some((parts, length)) = date(rest) {
        let at = at..at + length;
        found.extend(parts.into_iter().map(|quantity| Found { quantity, at: at.clone() }));
        return length;
    }
    let digits = if grouped(digits) { digits } else { digits.split(',').next().unwrap_or(digits) };
    let length = digits.len();
    let literal = before.ends_with('#') || digits.matches('.').count() > 1;
    let Some(value) = millionths(digits).filter(|_| !literal) else {
        let sign = if before.ends_with('#') { "#" } else { "" };
        found.push(Found { quantity: Quantity::Literal(format!("{sign}{digits}")), at: at..at + length });
        return length;
    };
    let after = rest.get(length..).unwrap_or_default();
    if is_plural_status(value, after) {
        found.push(Found { quantity: Quantity::Measured(value, Unit::Plain), at: at..at + length });
        return length + 1;
    }
    let (value, size) = sized(value, after);
    let after = after.get(size..).unwrap_or_default();
    // Letters that are no unit make a name of it, such as `2FA`.
    let glued = after.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after.len());
    let quantity = measured(value, before, after);
    let name = glued > 0 && matches!(quantity, Quantity::Measured(_, Unit::Plain));
    let read = length + size + if name { glued } else { 0 };
    let word = rest.get(..read).unwrap_or_default().to_lowercase();
    let quantity = if name { Quantity::Literal(word) } else { quantity };
    found.push(Found { quantity, at: at..at + read });
    read
}

/// `500s` are answers of a server, not seconds.
fn is_plural_status(value: u128, after: &str) -> bool {
    let ends =
        after.strip_prefix('s').is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
    ends && (400 * ONE..600 * ONE).contains(&value)
}

fn measured(value: u128, before: &str, after: &str) -> Quantity {
    let (mut unit, times, by) = unit(before, after);
    let calendar = |from: u128, to: u128| (from * ONE..=to * ONE).contains(&value);
    unit = match unit {
        Unit::Months if after.trim_start().starts_with('년') && calendar(1900, 2100) => {
            return Quantity::Measured(value, Unit::Year);
        }
        // A bare number of four digits is a year.
        Unit::Plain if calendar(1990, 2100) && value.is_multiple_of(ONE) => Unit::Year,
        other => other,
    };
    Quantity::Measured(value.saturating_mul(times) / by.max(1), unit)
}

/// Length in bytes of digits with points and commas between them.
fn run(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (0..)
        .take_while(|at| {
            is_digit(*at)
                || (matches!(bytes.get(*at), Some(b'.' | b','))
                    && *at > 0
                    && is_digit(at - 1)
                    && is_digit(at + 1))
        })
        .count()
}

/// Whether commas part thousands.
fn grouped(digits: &str) -> bool {
    let mut groups = digits.split(',');
    let head = groups.next().unwrap_or_default();
    let whole = |group: &str| group.split('.').next().unwrap_or_default().len();
    head.len() <= 3 && !head.contains('.') && groups.clone().all(|group| whole(group) == 3)
        || !digits.contains(',')
}

/// None for a number that is too large to be kept.
fn millionths(digits: &str) -> Option<u128> {
    let plain = digits.replace(',', "");
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let fraction: String = fraction.chars().chain("000000".chars()).take(6).collect();
    let whole: u128 = whole.parse().ok()?;
    whole.checked_mul(ONE)?.checked_add(fraction.parse().ok()?)
}

/// Multiplied by the words of size that follow (`만`, `k`, ` million`), and their length; `1만 2천` is one.
fn sized(value: u128, after: &str) -> (u128, usize) {
    let korean: Vec<char> = after.chars().take_while(|c| sino_value(*c).is_some_and(|it| it >= 10)).collect();
    if !korean.is_empty() {
        let factor = korean.iter().filter_map(|c| sino_value(*c)).fold(1, u128::saturating_mul);
        let length: usize = korean.iter().map(|c| c.len_utf8()).sum();
        let rest = after.get(length..).unwrap_or_default();
        let (more, read) = addend(rest).unwrap_or((0, 0));
        return (value.saturating_mul(factor).saturating_add(more), length + read);
    }
    let lower = after.to_lowercase();
    let sizes = [("k", 1_000), (" thousand", 1_000), (" million", ONE), (" billion", 1_000 * ONE)];
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    let found = sizes.iter().find(|(word, _)| lower.strip_prefix(word).is_some_and(ends));
    let million = || after.strip_prefix('M').filter(|rest| ends(rest)).map(|_| ("M", ONE));
    let (word, factor) = found.copied().or_else(million).unwrap_or(("", 1));
    (value.saturating_mul(factor), word.len())
}

/// The ` 2천` of `1만 2천`.
fn addend(rest: &str) -> Option<(u128, usize)> {
    let inner = rest.strip_prefix(' ').unwrap_or(rest);
    let length = run(inner);
    let value = millionths(inner.get(..length).filter(|digits| !digits.is_empty())?)?;
    let (sized_value, size) = sized(value, inner.get(length..)?);
    (size > 0).then_some((sized_value, rest.len() - inner.len() + length + size))
}

/// In `800에서 200ms` and `10–20%`, the first number counts what the second does.
fn share_units(text: &str, found: &mut [Found]) {
    const BETWEEN: [&str; 12] = ["->", "=>", "→", "~", "-", "–", "—", "to", "에서", "부터", "/", "⇒"];
    for index in (1..found.len()).rev() {
        let (first, second) = found.split_at_mut(index);
        let (Some(one), Some(other)) = (first.last_mut(), second.first()) else { continue };
        let between = text.get(one.at.end..other.at.start).unwrap_or_default().trim();
        if let (Quantity::Measured(value, unit @ Unit::Plain), Quantity::Measured(scaled, to)) =
            (&mut one.quantity, &other.quantity)
            && BETWEEN.contains(&between)
            && *to != Unit::Plain
        {
            let written = millionths(text.get(other.at.clone()).unwrap_or_default());
            let product = value.checked_mul(*scaled);
            *value = product.zip(written).and_then(|(product, by)| product.checked_div(by)).unwrap_or(*value);
            *unit = *to;
        }
    }
}

#[cfg(test)]
mod tests;
