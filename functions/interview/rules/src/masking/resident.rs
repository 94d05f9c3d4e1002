//! Resident registration numbers (주민등록번호, and those of foreigners): a birthday, and seven digits.

use super::groups::Groups;

/// How many of the groups are such a number: `900101-1234567`, or without the hyphen.
///
/// The check digit is not looked at: numbers given since October 2020 have none.
pub(super) fn count(groups: &Groups) -> Option<usize> {
    let fits = |count: &usize| {
        groups.first(*count).is_some_and(|(digits, cuts)| {
            digits.len() == 13 && matches!(cuts, [] | [6]) && is_birthday(digits)
        })
    };
    [1, 2].into_iter().find(fits)
}

/// Whether `digits` begin with the year, month and day of a day.
fn is_birthday(digits: &str) -> bool {
    let number = |from: usize| digits.get(from..from + 2).and_then(|two| two.parse::<u8>().ok());
    number(2).is_some_and(|month| (1..=12).contains(&month))
        && number(4).is_some_and(|day| (1..=31).contains(&day))
}
