//! Times as the service writes them: of Korea, without a zone.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use maru_seoul::in_seoul;

/// Korea's date and time of day, in whole minutes.
pub(super) fn in_korea(at: Timestamp) -> DateTime {
    let now = in_seoul(at);
    now.date().at(now.hour(), now.minute(), 0, 0)
}

/// `202611210400`.
pub(super) fn minute_number(at: DateTime) -> i64 {
    let day = i64::from(at.year()) * 10_000 + i64::from(at.month()) * 100 + i64::from(at.day());
    day * 10_000 + i64::from(at.hour()) * 100 + i64::from(at.minute())
}

/// `20261121`.
pub(super) fn day_text(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// `0400`.
pub(super) fn time_text(time: Time) -> String {
    time.strftime("%H%M").to_string()
}

/// Reads `20261121`.
pub(super) fn read_day(text: &str) -> Option<Date> {
    let digits = only_digits(text, 8)?;
    let (year, month, day) = (digits / 10_000, digits / 100 % 100, digits % 100);
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// Reads `0400`.
pub(super) fn read_time(text: &str) -> Option<Time> {
    let digits = only_digits(text, 4)?;
    Time::new((digits / 100).try_into().ok()?, (digits % 100).try_into().ok()?, 0, 0).ok()
}

fn only_digits(text: &str, length: usize) -> Option<i32> {
    let fits = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn times_are_of_korea_and_are_read_as_they_are_written() {
        let at = in_korea("2026-11-20T19:00:59Z".parse().unwrap());
        assert_eq!(minute_number(at), 202_611_210_400);
        assert_eq!((day_text(at.date()), time_text(at.time())), ("20261121".to_owned(), "0400".to_owned()));
        assert_eq!(read_day("20261121"), Some(date(2026, 11, 21)));
        assert_eq!(read_time("0400"), Some(at.time()));
        for wrong in ["2026112", "20261321", "2026-1-2", "+2026112"] {
            assert_eq!(read_day(wrong), None, "{wrong}");
        }
        for wrong in ["2400", "0060", "400", "+400"] {
            assert_eq!(read_time(wrong), None, "{wrong}");
        }
    }
}
