//! Days of the calendar as numbers of a text.

use jiff::civil::Date;

use super::quantities::{ONE, Quantity};
use super::units::Unit;

/// `2024-05-01`, `2024.5`, `2024/05`: its parts, and its length.
pub(super) fn date(rest: &str) -> Option<(Vec<Quantity>, usize)> {
    let year: u128 = rest.get(..4)?.parse().ok().filter(|year| (1900..=2100).contains(year))?;
    let sign = rest.chars().nth(4).filter(|sign| matches!(sign, '-' | '.' | '/'))?;
    let number = |text: &str, most: u128| {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let value: u128 = text.get(..end.min(3))?.parse().ok().filter(|value| (1..=most).contains(value))?;
        Some((value, end))
    };
    let (month, length) = number(rest.get(5..)?, 12)?;
    let mut parts =
        vec![Quantity::Measured(year * ONE, Unit::Year), Quantity::Measured(month * ONE, Unit::MonthOfYear)];
    let mut end = 5 + length;
    let day = rest.get(end..).and_then(|rest| rest.strip_prefix(sign)).and_then(|rest| number(rest, 31));
    if let Some((day, length)) = day {
        parts.push(Quantity::Measured(day * ONE, Unit::DayOfMonth));
        end += 1 + length;
    }
    Some((parts, end))
}

/// A day of the calendar as its parts.
pub(super) fn day_of(date: Date) -> [Quantity; 3] {
    let part = |value: i128, unit| Quantity::Measured(u128::try_from(value).unwrap_or(0) * ONE, unit);
    let (year, month, day) = (date.year().into(), date.month().into(), date.day().into());
    [part(year, Unit::Year), part(month, Unit::MonthOfYear), part(day, Unit::DayOfMonth)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_with_its_parts_and_nothing_else_is_one() {
        assert_eq!(date("2024-05-01에"), Some((day_of(jiff::civil::date(2024, 5, 1)).to_vec(), 10)));
        assert_eq!(date("2024.5 월").map(|(parts, length)| (parts.len(), length)), Some((2, 6)));
        for other in ["2024", "1024-05", "2024-13", "2024:05", "가나다라-05", ""] {
            assert_eq!(date(other), None, "{other}");
        }
    }
}
