//! The calendar and the clock in Seoul, by which all of Maru counts days. Pure: the time is given.
#![warn(missing_docs)]

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

/// Korea Standard Time: nine hours ahead of UTC, without daylight saving since 1988. Fixed, so that no database of time
/// zones has to be there.
pub const SEOUL: TimeZone = TimeZone::fixed(Offset::constant(9));

/// The calendar and the clock in Seoul at `moment`.
#[must_use]
pub fn in_seoul(moment: Timestamp) -> DateTime {
    SEOUL.to_datetime(moment)
}

/// The calendar day in Seoul at `moment`.
#[must_use]
pub fn day_in_seoul(moment: Timestamp) -> Date {
    in_seoul(moment).date()
}

/// The moment at which `day` begins in Seoul; the latest representable one if there is none.
#[must_use]
pub fn start_of_day(day: Date) -> Timestamp {
    SEOUL.to_timestamp(day.to_datetime(Time::midnight())).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_turns_at_midnight_in_seoul() {
        let midnight: Timestamp = "2027-01-30T15:00:00Z".parse().unwrap();
        assert_eq!(day_in_seoul(midnight).to_string(), "2027-01-31");
        assert_eq!(start_of_day(day_in_seoul(midnight)), midnight);
        let before = midnight - jiff::SignedDuration::from_nanos(1);
        assert_eq!(in_seoul(before).to_string(), "2027-01-30T23:59:59.999999999");
    }
}
