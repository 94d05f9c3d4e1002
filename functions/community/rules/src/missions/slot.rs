//! The three slots of a day.

use std::fmt;

use jiff::Timestamp;
use maru_seoul::in_seoul;
use serde::{Deserialize, Serialize};

/// A part of the day in which each member can draw one mission. A slot opens at its hour and can be drawn until the
/// day ends: who forgot the morning draws it in the evening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Slot {
    /// From 06:00 on.
    Morning,
    /// From 12:00 on.
    Afternoon,
    /// From 18:00 on.
    Evening,
}

impl Slot {
    /// All slots, in the order of the day.
    pub const ALL: [Self; 3] = [Self::Morning, Self::Afternoon, Self::Evening];

    /// The hour in Asia/Seoul at which it opens, 0 to 23.
    #[must_use]
    pub const fn opens_at(self) -> i8 {
        match self {
            Self::Morning => 6,
            Self::Afternoon => 12,
            Self::Evening => 18,
        }
    }

    /// Whether this slot of the day that `now` is in can be drawn.
    #[must_use]
    pub fn is_open(self, now: Timestamp) -> bool {
        in_seoul(now).hour() >= self.opens_at()
    }

    /// As it stands in keys and in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Morning => "MORNING",
            Self::Afternoon => "AFTERNOON",
            Self::Evening => "EVENING",
        }
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> Timestamp {
        time.parse().unwrap()
    }

    #[test]
    fn a_slot_opens_at_its_hour_in_seoul_and_stays_open_until_the_day_ends() {
        for (slot, before, first, last) in [
            (Slot::Morning, "2026-01-15T20:59:59.999Z", "2026-01-15T21:00:00Z", "2026-01-16T14:59:59.999Z"),
            (Slot::Afternoon, "2026-01-16T02:59:59.999Z", "2026-01-16T03:00:00Z", "2026-01-16T14:59:59.999Z"),
            (Slot::Evening, "2026-01-16T08:59:59.999Z", "2026-01-16T09:00:00Z", "2026-01-16T14:59:59.999Z"),
        ] {
            assert!(!slot.is_open(at(before)), "{slot} {before}");
            assert!(slot.is_open(at(first)), "{slot} {first}");
            assert!(slot.is_open(at(last)), "{slot} {last}");
            assert!(!slot.is_open(at("2026-01-16T15:00:00Z")), "{slot}: a new day");
        }
    }
}
