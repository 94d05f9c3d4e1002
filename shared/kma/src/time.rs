//! Times as the service writes them: Korean, without a sign of it.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use maru_seoul::{SEOUL, in_seoul};

/// A day as `YYYYMMDD`.
pub(crate) fn day(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// The day and time (`YYYYMMDD`, `HHMM`) in Korea at `moment`.
pub(crate) fn day_and_time(moment: Timestamp) -> (String, String) {
    let there = in_seoul(moment);
    (day(there.date()), format!("{:02}{:02}", there.hour(), there.minute()))
}

/// When the calendar and the clock in Korea show `there`.
pub(crate) fn moment(there: DateTime) -> Option<Timestamp> {
    SEOUL.to_timestamp(there).ok()
}

/// `YYYYMMDDHHMM`, or with seconds behind; none for anything else, such as `0`.
pub(crate) fn read(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if !matches!(text.len(), 12 | 14) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<i16>().ok();
    let small = |from, to| part(from, to).and_then(|number| i8::try_from(number).ok());
    // Midnight at the end of a day is written as its hour 24 now and then.
    let (hour, next) = match small(8, 10)? {
        24 => (0, true),
        hour => (hour, false),
    };
    let there = DateTime::new(part(0, 4)?, small(4, 6)?, small(6, 8)?, hour, small(10, 12)?, 0, 0).ok()?;
    let there = if next { there.date().tomorrow().ok()?.to_datetime(there.time()) } else { there };
    moment(there)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_korea() {
        let told = |text| read(text).map(|time| time.to_string());
        assert_eq!(told("202611210400").as_deref(), Some("2026-11-20T19:00:00Z"));
        assert_eq!(told("20261121040000").as_deref(), Some("2026-11-20T19:00:00Z"));
        assert_eq!(told("202612312400").as_deref(), Some("2026-12-31T15:00:00Z"));
        for none in ["", "0", "20261121", "202613010000", "2026112104xx", "202611212500", "-20261121040"] {
            assert_eq!(told(none), None, "{none}");
        }
        let midnight = read("202611210000").unwrap();
        assert_eq!(day_and_time(midnight), ("20261121".to_owned(), "0000".to_owned()));
    }
}
