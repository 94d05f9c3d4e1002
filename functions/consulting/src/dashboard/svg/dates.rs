//! Days as people read them.

use jiff::civil::{Date, Weekday};

use super::Language;

/// Gives a day in full: `2025. 9. 7.`, `7 Sep 2025`.
pub(super) fn full(day: Date, language: Language) -> String {
    match language {
        Language::Korean => format!("{}. {}. {}.", day.year(), day.month(), day.day()),
        Language::English => format!("{} {} {}", day.day(), english_month(day), day.year()),
    }
}

/// Gives a range of days: `2025. 9. 1. – 9. 7.`, `1 Sep – 7 Sep 2025`; one day by itself, and both years only
/// where they differ.
pub(super) fn range(from: Date, to: Date, language: Language) -> String {
    if from == to {
        return full(to, language);
    }
    let (first, last) = match language {
        _ if from.year() != to.year() => (full(from, language), full(to, language)),
        Language::Korean => (full(from, language), short(to, language)),
        Language::English => (short(from, language), full(to, language)),
    };
    format!("{first} – {last}")
}

/// Gives a day without its year: `9. 7.`, `7 Sep`.
pub(super) fn short(day: Date, language: Language) -> String {
    match language {
        Language::Korean => format!("{}. {}.", day.month(), day.day()),
        Language::English => format!("{} {}", day.day(), english_month(day)),
    }
}

/// Gives the month and the year of a day: `2025. 9.`, `Sep 2025`.
pub(super) fn month(day: Date, language: Language) -> String {
    match language {
        Language::Korean => format!("{}. {}.", day.year(), day.month()),
        Language::English => format!("{} {}", english_month(day), day.year()),
    }
}

/// Gives the day of the week: `일`, `Sun`.
pub(super) fn weekday(day: Date, language: Language) -> &'static str {
    match day.weekday() {
        Weekday::Monday => language.choose("월", "Mon"),
        Weekday::Tuesday => language.choose("화", "Tue"),
        Weekday::Wednesday => language.choose("수", "Wed"),
        Weekday::Thursday => language.choose("목", "Thu"),
        Weekday::Friday => language.choose("금", "Fri"),
        Weekday::Saturday => language.choose("토", "Sat"),
        Weekday::Sunday => language.choose("일", "Sun"),
    }
}

fn english_month(day: Date) -> String {
    day.strftime("%b").to_string()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Language::*, *};

    const DAY: Date = date(2025, 9, 7);

    #[test]
    fn a_day_reads_in_both_languages() {
        assert_eq!((full(DAY, Korean), full(DAY, English)), ("2025. 9. 7.".into(), "7 Sep 2025".into()));
        assert_eq!((weekday(DAY, Korean), weekday(DAY, English)), ("일", "Sun"));
        assert_eq!((short(DAY, English), month(DAY, Korean)), ("7 Sep".into(), "2025. 9.".into()));
    }

    #[test]
    fn a_range_of_one_day_is_that_day() {
        assert_eq!(range(DAY, DAY, English), "7 Sep 2025");
    }

    #[test]
    fn a_range_names_a_common_year_once() {
        assert_eq!(range(date(2025, 9, 1), DAY, Korean), "2025. 9. 1. – 9. 7.");
        assert_eq!(range(date(2025, 9, 1), DAY, English), "1 Sep – 7 Sep 2025");
        assert_eq!(range(date(2024, 9, 8), DAY, Korean), "2024. 9. 8. – 2025. 9. 7.");
    }
}
