//! Times of the export: RFC 3339 in, instants and Asia/Seoul calendar days out.
//!
//! A run reads millions of times, all of one shape, so the shape is read directly here; jiff judges it in
//! the tests.

use jiff::{Timestamp, civil::Date};

/// Seconds by which Asia/Seoul is ahead of UTC: without exception since October 1988, and taken for earlier
/// times too.
const SEOUL_SECONDS: i64 = 9 * 3_600;
const DAY_SECONDS: i64 = 86_400;
const NANOSECOND_DIGITS: usize = 9;

/// A calendar day as the number of days since 1970-01-01; four bytes instead of a date with its checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayNumber(pub i32);

impl DayNumber {
    /// The day in Asia/Seoul on which `time` lies.
    pub fn in_seoul(time: Timestamp) -> Self {
        // Before 1970 jiff counts both parts from zero downwards.
        let second = time.as_second() - i64::from(time.subsec_nanosecond() < 0);
        let days = (second + SEOUL_SECONDS).div_euclid(DAY_SECONDS);
        // Timestamps reach no further than the years ±9999: 3.7 million days.
        Self(i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX }))
    }

    /// The date, unless the number lies outside the years ±9999.
    pub fn date(self) -> Option<Date> {
        let seconds = i64::from(self.0) * DAY_SECONDS;
        let time = Timestamp::from_second(seconds).ok()?;
        Some(time.to_zoned(jiff::tz::TimeZone::UTC).date())
    }
}

impl From<Date> for DayNumber {
    fn from(date: Date) -> Self {
        Self(days_since_1970(i64::from(date.year()), i64::from(date.month()), i64::from(date.day())))
    }
}

/// Reads `YYYY-MM-DDTHH:MM:SS[.fraction](Z|±HH:MM)`; digits beyond the nanosecond are dropped, and a leap
/// second counts as the second before it. `None` for anything else.
pub fn parse_time(text: &str) -> Option<Timestamp> {
    let (clock, zone) = text.as_bytes().split_at_checked(19)?;
    let &[
        y0,
        y1,
        y2,
        y3,
        b'-',
        month0,
        month1,
        b'-',
        day0,
        day1,
        b'T' | b't',
        hour0,
        hour1,
        b':',
        minute0,
        minute1,
        b':',
        second0,
        second1,
    ] = clock
    else {
        return None;
    };
    let year = pair(y0, y1, 99)? * 100 + pair(y2, y3, 99)?;
    let month = pair(month0, month1, 12)?;
    let day = pair(day0, day1, 31)?;
    if month == 0 || day == 0 || day > days_of_month(year, month) {
        return None;
    }
    let second = pair(second0, second1, 60)?.min(59);
    let second_of_day = pair(hour0, hour1, 23)? * 3_600 + pair(minute0, minute1, 59)? * 60 + second;
    let (nanoseconds, zone) = fraction(zone)?;
    let days = i64::from(days_since_1970(year, month, day));
    Timestamp::new(days * DAY_SECONDS + second_of_day - offset_seconds(zone)?, nanoseconds).ok()
}

/// Two decimal digits, at most `most`.
fn pair(tens: u8, ones: u8, most: i64) -> Option<i64> {
    let value = i64::from(digit(tens)?) * 10 + i64::from(digit(ones)?);
    (value <= most).then_some(value)
}

fn digit(byte: u8) -> Option<u8> {
    byte.is_ascii_digit().then(|| byte - b'0')
}

/// The nanoseconds of an optional `.fraction`, and what follows it.
fn fraction(text: &[u8]) -> Option<(i32, &[u8])> {
    let Some(digits) = text.strip_prefix(b".") else { return Some((0, text)) };
    let length = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut nanoseconds = 0;
    for place in 0..NANOSECOND_DIGITS {
        let next = if place < length { digit(*digits.get(place)?)? } else { 0 };
        nanoseconds = nanoseconds * 10 + i32::from(next);
    }
    (length > 0).then_some((nanoseconds, digits.get(length..)?))
}

fn offset_seconds(zone: &[u8]) -> Option<i64> {
    match zone {
        b"Z" | b"z" => Some(0),
        &[sign @ (b'+' | b'-'), hour0, hour1, b':', minute0, minute1] => {
            let seconds = pair(hour0, hour1, 23)? * 3_600 + pair(minute0, minute1, 59)? * 60;
            Some(if sign == b'-' { -seconds } else { seconds })
        }
        _ => None,
    }
}

const fn days_of_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 of a date of the Gregorian calendar, by counting 400-year cycles of years that
/// begin in March (H. Hinnant, "chrono-compatible low-level date algorithms").
#[expect(clippy::cast_possible_truncation, reason = "the years ±9999 are 3.7 million days")]
const fn days_since_1970(year: i64, month: i64, day: i64) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let cycle = year.div_euclid(400);
    let year_of_cycle = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_cycle = year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
    (cycle * 146_097 + day_of_cycle - 719_468) as i32
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_day_begins_at_15_h_utc() {
        let day = |text| DayNumber::in_seoul(parse_time(text).unwrap()).date();
        assert_eq!(day("2026-02-28T14:59:59Z"), Some(date(2026, 2, 28)));
        assert_eq!(day("2026-02-28T15:00:00Z"), Some(date(2026, 3, 1)));
        assert_eq!(day("2026-03-01T00:00:00+09:00"), Some(date(2026, 3, 1)));
        assert_eq!(day("1969-12-31T14:59:59.5Z"), Some(date(1969, 12, 31)));
    }

    #[test]
    fn what_is_no_rfc_3339_time_is_refused() {
        for text in [
            "",
            "2026-02-28",
            "2026-02-28T10:00:00",
            "2026-02-29T10:00:00Z",
            "2026-13-01T10:00:00Z",
            "2026-00-01T10:00:00Z",
            "2026-01-00T10:00:00Z",
            "2026-02-28T24:00:00Z",
            "2026-02-28T10:60:00Z",
            "2026-02-28T10:00:61Z",
            "2026-02-28 10:00:00Z",
            "2026-02-28T10:00:00.Z",
            "2026-02-28T10:00:00+0900",
            "2026-02-28T10:00:00Z ",
            "2026-02-28T10:00:00Z[Asia/Seoul]",
            "+2026-02-28T10:00:00Z",
            "20260228T100000Z",
            "9999-12-31T23:59:59Z",
            "２026-02-28T10:00:00Z",
        ] {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }

    #[test]
    fn a_leap_second_and_a_long_fraction_are_read() {
        assert_eq!(parse_time("2016-12-31T23:59:60Z"), parse_time("2016-12-31T23:59:59Z"));
        assert_eq!(
            parse_time("2026-01-01T00:00:00.1234567899Z"),
            parse_time("2026-01-01T00:00:00.123456789Z")
        );
    }

    proptest! {
        #[test]
        fn times_are_read_as_jiff_reads_them(
            second in -62_167_000_000_i64..253_402_000_000,
            nanosecond in 0..1_000_000_000_i32,
            digits in 0_u8..=9,
        ) {
            let nanosecond = nanosecond / 10_i32.pow(9 - u32::from(digits)) * 10_i32.pow(9 - u32::from(digits));
            let time = Timestamp::new(second, nanosecond).unwrap();
            prop_assume!(time.to_string().len() < 32 && !time.to_string().starts_with('-'));
            prop_assert_eq!(parse_time(&time.to_string()), Some(time));
            let seoul = time.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(9)));
            prop_assert_eq!(DayNumber::in_seoul(time).date(), Some(seoul.date()));
            prop_assert_eq!(DayNumber::from(seoul.date()), DayNumber::in_seoul(time));
            let with_offset = seoul.strftime("%Y-%m-%dT%H:%M:%S%.f%:z").to_string();
            prop_assert_eq!(parse_time(&with_offset), Some(time));
        }

        #[test]
        fn what_is_accepted_is_accepted_by_jiff(text in "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])") {
            prop_assert_eq!(parse_time(&text), text.parse::<Timestamp>().ok());
        }
    }
}
