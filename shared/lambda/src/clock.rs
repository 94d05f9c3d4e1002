//! The time, injected: functions never ask the operating system.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use maru_seoul::day_in_seoul;

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
