//! The rule of the credits, as plain functions: how many uses of AI a plan gives on a day.
//!
//! A day is a calendar day in Asia/Seoul.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use maru_lambda::{day_in_seoul, start_of_day};
use serde::{Deserialize, Serialize};

use crate::plan::Plan;

/// Uses a day without a subscription (product contract, "Credits").
pub const FREE_USES: u32 = 3;

/// How many uses a day has had, as stored.
#[derive(Default, Deserialize)]
pub(crate) struct Day {
    pub(crate) used: u32,
}

/// How a member's credits of a day stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Credits {
    /// Uses of the day; null when there is no limit.
    pub limit: Option<u32>,
    /// Uses taken and not given back. More than the limit, if they were taken on another plan.
    pub used: u32,
    /// When the next day begins.
    pub resets_at: Timestamp,
}

impl Credits {
    /// Whether no use of the day is left.
    #[must_use]
    pub fn are_exhausted(&self) -> bool {
        self.limit.is_some_and(|limit| self.used >= limit)
    }
}

impl Plan {
    /// How many uses it gives on a day; none when it does not limit them.
    #[must_use]
    pub const fn limit(self) -> Option<u32> {
        match self {
            Self::Free => Some(FREE_USES),
            Self::Pro => None,
        }
    }

    /// How the credits stand at `now` after `used` uses of its day.
    #[must_use]
    pub fn credits(self, used: u32, now: Timestamp) -> Credits {
        Credits { limit: self.limit(), used, resets_at: end_of_day(day_in_seoul(now)) }
    }
}

/// When `day` ends, which is when the next one begins.
fn end_of_day(day: Date) -> Timestamp {
    day.checked_add(1.day()).map_or(Timestamp::MAX, start_of_day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> Timestamp {
        time.parse().unwrap()
    }

    #[test]
    fn the_day_turns_at_midnight_in_seoul() {
        let before = Plan::Free.credits(3, at("2026-03-01T14:59:59.999Z"));
        let after = Plan::Free.credits(0, at("2026-03-01T15:00:00Z"));
        assert_eq!(before.resets_at, at("2026-03-01T15:00:00Z"));
        assert_eq!(after.resets_at, at("2026-03-02T15:00:00Z"));
    }

    #[test]
    fn free_has_three_uses_and_pro_no_limit() {
        let now = at("2026-03-01T00:00:00Z");
        let exhausted = |plan: Plan| [2, 3, 5].map(|used| plan.credits(used, now).are_exhausted());
        assert_eq!((Plan::Free.limit(), exhausted(Plan::Free)), (Some(3), [false, true, true]));
        assert_eq!((Plan::Pro.limit(), exhausted(Plan::Pro)), (None, [false; 3]));
    }
}
