//! Numbers as people read them: thousands separators, units of money, percentages.

use super::Language;
use crate::dashboard::Percent;

/// A unit in which amounts are told on an axis or in a narrow place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    size: u128,
    name: &'static str,
}

const KOREAN_UNITS: [(u128, &str); 4] =
    [(1, ""), (10_000, "만"), (100_000_000, "억"), (1_000_000_000_000, "조")];

const ENGLISH_UNITS: [(u128, &str); 5] =
    [(1, ""), (1_000, "K"), (1_000_000, "M"), (1_000_000_000, "B"), (1_000_000_000_000, "T")];

impl Unit {
    /// Gives the greatest unit of which `value` has at least one: 만, 억, 조 or thousands, millions ….
    pub(super) fn of(value: u128, language: Language) -> Self {
        let units = language.choose(KOREAN_UNITS.as_slice(), &ENGLISH_UNITS);
        let (size, name) = units.iter().copied().rfind(|(size, _)| *size <= value).unwrap_or((1, ""));
        Self { size, name }
    }

    /// Gives how many of the unit `value` is, with one decimal if that is not 0.
    pub(super) fn count(self, value: u128) -> String {
        let tenths = (value.saturating_mul(20) + self.size) / (self.size * 2);
        match tenths % 10 {
            0 => group(tenths / 10),
            decimal => format!("{}.{decimal}", group(tenths / 10)),
        }
    }

    /// Gives the unit's name with the currency's: `만원`, `million KRW`.
    pub(super) fn of_money(self, language: Language) -> String {
        match language {
            Language::Korean => format!("{}원", self.name),
            Language::English => match self.name {
                "K" => "thousand KRW",
                "M" => "million KRW",
                "B" => "billion KRW",
                "T" => "trillion KRW",
                _ => "KRW",
            }
            .to_owned(),
        }
    }
}

/// Gives a whole number with its thousands separated.
pub(super) fn group(value: u128) -> String {
    let digits = value.to_string();
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Gives a number in a few characters: `12.3만`, `123만`, `123K`.
pub(super) fn short(value: u128, language: Language) -> String {
    let unit = Unit::of(value, language);
    // Three digits are enough where there is no room; the full number stands elsewhere.
    let rounding = if value / unit.size >= 100 { unit.size } else { 1 };
    format!("{}{}", unit.count((value + rounding / 2) / rounding * rounding), unit.name)
}

/// Gives an amount in full: `1,234,000원`, `KRW 1,234,000`.
pub(super) fn won(amount: i64, language: Language) -> String {
    let digits = group(positive(amount));
    language.choose(format!("{digits}원"), format!("KRW {digits}"))
}

/// Gives an amount in a few characters: `123만원`, `1.2M`. English leaves the currency to the axis.
pub(super) fn short_won(amount: i64, language: Language) -> String {
    let digits = short(positive(amount), language);
    language.choose(format!("{digits}원"), digits)
}

/// Gives a number of people as a line of text has it: `수강생 1,234명`, `1,234 learners`.
pub(super) fn people(count: u64, korean: &str, english: &str, language: Language) -> String {
    let digits = group(u128::from(count));
    match language {
        Language::Korean => format!("{korean} {digits}명"),
        Language::English => format!("{digits} {english}{}", if count == 1 { "" } else { "s" }),
    }
}

/// Gives a number of people beside words that say who they are: `1,234명`, `1,234`.
pub(super) fn heads(count: u64, language: Language) -> String {
    let digits = group(u128::from(count));
    language.choose(format!("{digits}명"), digits)
}

/// Gives a percentage with as many decimals as it has: `75%`, `33.3%`, `33.34%`.
pub(super) fn percent(percent: Percent) -> String {
    let hundredths = percent.hundredths();
    let digits = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    format!("{}%", digits.trim_end_matches('0').trim_end_matches('.'))
}

/// Gives an amount of revenue as a length. Revenue is never negative.
pub(super) fn positive(amount: i64) -> u128 {
    u128::try_from(amount).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Language::*, *};

    #[test]
    fn thousands_are_separated() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(group), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn amounts_from_one_won_to_nine_quadrillion_are_told_in_full_and_in_short() {
        assert_eq!(won(9_000_000_000_000_000, Korean), "9,000,000,000,000,000원");
        assert_eq!(short_won(9_000_000_000_000_000, Korean), "9,000조원");
        assert_eq!(short_won(9_000_000_000_000_000, English), "9,000T");
        assert_eq!((won(1, English).as_str(), short_won(1, Korean).as_str()), ("KRW 1", "1원"));
    }

    #[test]
    fn a_unit_has_one_decimal_where_it_is_needed() {
        assert_eq!(
            [9_999, 10_000, 123_400, 1_999_999].map(|value| short(value, Korean)),
            ["9,999", "1만", "12.3만", "200만"]
        );
        assert_eq!(
            [1_250_000, 151_400_000, 999_600].map(|value| short(value, English)),
            ["1.3M", "151M", "1,000K"]
        );
    }

    #[test]
    fn percentages_lose_trailing_zeros_only() {
        let shown = [(1, 1), (1, 3), (1, 8), (1, 1_000)].map(|(part, of)| percent(Percent::of(part, of)));
        assert_eq!(shown, ["100%", "33.33%", "12.5%", "0.1%"]);
        assert_eq!(percent(Percent::default()), "0%");
    }
}
