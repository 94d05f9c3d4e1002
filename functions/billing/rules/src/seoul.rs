//! The days that billing counts in: calendar days of Asia/Seoul.

use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::{Offset, TimeZone},
};

/// Korea Standard Time: nine hours ahead of UTC, without daylight saving since 1988.
const SEOUL: TimeZone = TimeZone::fixed(Offset::constant(9));

/// The calendar day in Asia/Seoul at `moment`.
#[must_use]
pub fn day(moment: Timestamp) -> Date {
    SEOUL.to_datetime(moment).date()
}

/// The moment at which `day` begins in Asia/Seoul; the latest representable one if there is none.
#[must_use]
pub fn begins(day: Date) -> Timestamp {
    SEOUL.to_timestamp(day.to_datetime(Time::midnight())).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_turns_at_midnight_in_seoul() {
        let midnight: Timestamp = "2027-01-30T15:00:00Z".parse().unwrap();
        assert_eq!(day(midnight).to_string(), "2027-01-31");
        assert_eq!(begins(day(midnight)), midnight);
    }
}
