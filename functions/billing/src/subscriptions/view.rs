//! What a member sees of plan, credits and subscription.

use billing_rules::charge::State;
use billing_rules::subscription::{PRICE, Status};
use jiff::{Timestamp, civil::Date};
use maru_credits::{Credits, Plan};
use maru_lambda::day_in_seoul;
use serde::Serialize;

use super::Account;
use crate::plan::PlanUntil;

/// Plan, credits and subscription.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BillingView {
    plan: Plan,
    credits: Credits,
    subscription: Option<SubscriptionView>,
}

/// A subscription, the present or the last one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SubscriptionView {
    status: Status,
    /// In KRW a month.
    price: i64,
    /// The first day that is paid for.
    period_start: Date,
    /// The day after the last.
    period_end: Date,
    /// The day on which money is asked for next; null when none will be.
    next_charge_on: Option<Date>,
    /// The day from which on the plan is FREE; null while it goes on, or is over.
    ends_on: Option<Date>,
}

impl BillingView {
    /// What is seen at `now`; `credits` are those of the plan.
    #[must_use]
    pub fn new(plan: Plan, credits: Credits, account: Option<&Account>, now: Timestamp) -> Self {
        Self { plan, credits, subscription: account.map(|account| SubscriptionView::new(account, now)) }
    }
}

impl SubscriptionView {
    fn new(Account { subscription, charge }: &Account, now: Timestamp) -> Self {
        let rules = &subscription.rules;
        let over = PlanUntil::of(rules).at(now) == Plan::Free;
        let status = if over { Status::Ended } else { rules.status };
        let next_charge_on = match (status, &charge.rules.state) {
            (Status::Active | Status::PastDue, State::Declined { retry_at, .. }) => {
                Some(day_in_seoul(*retry_at))
            }
            (Status::Active | Status::PastDue, _) => Some(rules.period.end),
            (Status::Ending | Status::Ended, _) => None,
        };
        let ends_on = (status == Status::Ending).then_some(rules.period.end);
        Self {
            status,
            price: PRICE,
            period_start: rules.period.start,
            period_end: rules.period.end,
            next_charge_on,
            ends_on,
        }
    }
}
