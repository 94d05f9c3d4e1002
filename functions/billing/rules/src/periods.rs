//! The periods that are paid for: months that begin on one day of the month, whatever the months' lengths.
//!
//! A period's first day is computed from the anchor, never from the day before it, so a month that is too short
//! shifts nothing: 31 January, 28 February, 31 March.

use jiff::{Span, civil::Date};
use serde::{Deserialize, Serialize};

/// The day of the month on which a subscription's periods begin, 1–31; the last of a month that has no such day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "i8", into = "i8")]
pub struct Anchor(i8);

/// A number that is no day of any month.
#[derive(Debug, thiserror::Error)]
#[error("{0} is no day of a month")]
pub struct NoSuchDay(i8);

impl Anchor {
    /// The anchor of a subscription whose first period begins on `day`.
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self(day.day())
    }

    /// The day on which a period begins in the month of `day`.
    fn in_month_of(self, day: Date) -> Date {
        let first = day.first_of_month();
        first.saturating_add(Span::new().days(self.0.min(first.days_in_month()) - 1))
    }
}

impl TryFrom<i8> for Anchor {
    type Error = NoSuchDay;

    fn try_from(day: i8) -> Result<Self, NoSuchDay> {
        if (1..=31).contains(&day) { Ok(Self(day)) } else { Err(NoSuchDay(day)) }
    }
}

impl From<Anchor> for i8 {
    fn from(anchor: Anchor) -> Self {
        anchor.0
    }
}

/// The days that one charge pays for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub start: Date,
    /// The day after the last: the one on which the next period is due.
    pub end: Date,
}

impl Period {
    /// The period of `anchor` that begins on `start`, and ends in the month after, at the latest with the last
    /// day that there is (9999-12-31).
    #[must_use]
    pub fn beginning(start: Date, anchor: Anchor) -> Self {
        let next_month = start.first_of_month().saturating_add(Span::new().months(1));
        Self { start, end: anchor.in_month_of(next_month) }
    }

    /// The period after this one.
    #[must_use]
    pub fn next(self, anchor: Anchor) -> Self {
        Self::beginning(self.end, anchor)
    }
}

#[cfg(test)]
mod tests;
