//! The time, injected: functions never ask the operating system.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// Tells the time. The system's on AWS; a movable one in the local stack and the tests.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The operating system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::from_fn(Timestamp::now)
    }

    /// A clock that answers what `now` answers.
    pub fn from_fn(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }

    /// The present calendar day in Asia/Seoul.
    #[must_use]
    pub fn today(&self) -> Date {
        day_in_seoul(self.now())
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Clock({})", self.now())
    }
}

/// Korea Standard Time: nine hours ahead of UTC, without daylight saving since 1988.
const SEOUL: TimeZone = TimeZone::fixed(jiff::tz::Offset::constant(9));

/// The calendar day in Asia/Seoul at `moment`.
#[must_use]
pub fn day_in_seoul(moment: Timestamp) -> Date {
    SEOUL.to_datetime(moment).date()
}

/// The moment at which `day` begins in Asia/Seoul; the latest representable one if there is none.
#[must_use]
pub fn start_of_day(day: Date) -> Timestamp {
    SEOUL.to_timestamp(day.to_datetime(jiff::civil::Time::midnight())).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_turns_at_midnight_in_seoul() {
        let before: Timestamp = "2013-09-20T14:59:59.999Z".parse().unwrap();
        let after: Timestamp = "2013-09-20T15:00:00Z".parse().unwrap();
        assert_eq!(day_in_seoul(before).to_string(), "2013-09-20");
        assert_eq!(day_in_seoul(after).to_string(), "2013-09-21");
        assert_eq!(start_of_day(day_in_seoul(after)), after);
    }
}
