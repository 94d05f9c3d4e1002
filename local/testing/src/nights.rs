//! The clock of a stack moved by days of Seoul.

use jiff::civil::Date;
use maru_lambda::{day_in_seoul, start_of_day};

use crate::Maru;

impl Maru {
    /// The day in Seoul by the stack's clock.
    #[must_use]
    pub fn today(&self) -> Date {
        day_in_seoul(self.stack.clock().now())
    }

    /// Moves the clock to the next midnight in Seoul; gives the day that begins. Schedules do not fire by
    /// themselves: `run_scheduled` of the stack fires one as planned for the clock's time.
    pub fn next_midnight(&self) -> Date {
        let tomorrow = self.today().tomorrow().expect("time goes on");
        self.midnight_of(&tomorrow.to_string());
        tomorrow
    }

    /// Moves the clock to the midnight with which this day (`2026-02-28`) begins in Seoul.
    pub fn midnight_of(&self, day: &str) {
        self.stack.clock().set(start_of_day(day.parse().expect("a day")));
    }
}
