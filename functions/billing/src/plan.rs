//! What a subscription makes of the member's plan.

use billing_rules::subscription::{Status, Subscription};
use jiff::Timestamp;
use maru_credits::Plan;
use maru_lambda::start_of_day;

/// A plan, and until when it is certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanUntil {
    /// The plan.
    pub plan: Plan,
    /// When it becomes FREE by itself; none for as long as nobody says otherwise.
    pub until: Option<Timestamp>,
}

impl PlanUntil {
    /// What `subscription` gives. One that ends needs nobody to end it: the plan is over with the period. One that
    /// goes on is PRO until its end is told, also while a declined charge is tried again.
    #[must_use]
    pub fn of(subscription: &Subscription) -> Self {
        match subscription.status {
            Status::Active | Status::PastDue => Self { plan: Plan::Pro, until: None },
            Status::Ending => Self { plan: Plan::Pro, until: Some(start_of_day(subscription.period.end)) },
            Status::Ended => Self { plan: Plan::Free, until: None },
        }
    }

    /// The plan at `now`.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Plan {
        if self.until.is_some_and(|until| until <= now) { Plan::Free } else { self.plan }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn plan(status: Status, now: &str) -> Plan {
        let mut subscription = Subscription::bought(date(2027, 1, 31), Timestamp::UNIX_EPOCH);
        subscription.status = status;
        PlanUntil::of(&subscription).at(now.parse().unwrap())
    }

    #[test]
    fn a_subscription_that_ends_is_pro_to_the_end_of_its_period() {
        assert_eq!(plan(Status::Ending, "2027-02-27T14:59:59Z"), Plan::Pro);
        assert_eq!(plan(Status::Ending, "2027-02-27T15:00:00Z"), Plan::Free);
    }

    #[test]
    fn one_that_goes_on_is_pro_though_nobody_came_to_charge_it() {
        assert_eq!(plan(Status::Active, "2027-03-03T00:00:00Z"), Plan::Pro);
        assert_eq!(plan(Status::PastDue, "2027-03-03T00:00:00Z"), Plan::Pro);
        assert_eq!(plan(Status::Ended, "2027-02-01T00:00:00Z"), Plan::Free);
    }
}
