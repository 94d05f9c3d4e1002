//! The rule of the credits, as plain functions: how many uses of AI a plan gives on a day.
//!
//! A day is a calendar day in Asia/Seoul. Uses are counted under their day, so that nothing has to be reset at
//! midnight and nothing can fail to reset.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use maru_lambda::{day_in_seoul, start_of_day};
use serde::{Deserialize, Serialize};

/// Uses a day without a subscription (product contract, "Credits").
pub const FREE_USES: u32 = 3;

/// What a member has subscribed to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Plan {
    /// Nothing: [`FREE_USES`] a day.
    #[default]
    Free,
    /// Unlimited uses.
    Pro,
}

/// A member's plan, as stored. Billing owns what is in it; who has none is on FREE.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subscription {
    /// The plan.
    pub plan: Plan,
    /// Until when it is paid, seconds since the Unix epoch; none for as long as nobody says otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
}

impl Subscription {
    /// The plan at `now`: a period that is over leaves FREE, whether or not somebody has written that yet.
    #[must_use]
    pub fn plan_at(&self, now: Timestamp) -> Plan {
        if self.until.is_some_and(|until| until <= now.as_second()) { Plan::Free } else { self.plan }
    }
}

/// How a member's credits of a day stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Credits {
    /// Uses of the day; null when there is no limit.
    pub limit: Option<u32>,
    /// Uses taken and not given back.
    pub used: u32,
    /// When the next day begins.
    pub resets_at: Timestamp,
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
        assert_eq!(Plan::Free.limit(), Some(3));
        assert_eq!(Plan::Pro.limit(), None);
        assert_eq!(Subscription::default().plan_at(at("2026-03-01T00:00:00Z")), Plan::Free);
    }

    #[test]
    fn a_period_that_is_over_leaves_free() {
        let until = at("2026-03-01T15:00:00Z");
        let paid = Subscription { plan: Plan::Pro, until: Some(until.as_second()) };
        assert_eq!(paid.plan_at(at("2026-03-01T14:59:59Z")), Plan::Pro);
        assert_eq!(paid.plan_at(until), Plan::Free);
        assert_eq!(Subscription { plan: Plan::Pro, until: None }.plan_at(until), Plan::Pro);
    }
}
