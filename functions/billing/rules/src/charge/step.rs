//! The steps that more than one input leads to: paid, not paid, given up.

use jiff::{Timestamp, civil::Date};

use super::{Attempt, Charge, PAUSE, SENDS_AT_ONCE, State};
use crate::answer::Reason;
use crate::dunning;
use crate::periods::Period;
use crate::subscription::{Status, Subscription};
use maru_seoul::{day_in_seoul, start_of_day};

/// What is to be stored, in one transaction with what its effects ask for, or not at all.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    /// The charge; the condition is that the epoch before is stored, or nothing when that was 0.
    pub charge: Charge,
    /// The subscription; the condition is that the revision before is stored.
    pub subscription: Subscription,
    /// What else follows.
    pub effects: Vec<Effect>,
}

/// What follows from a step, beside the charge and the subscription.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// The money moved: an entry of the ledger, a payment in the member's list, a plan that goes on.
    Paid {
        /// The order.
        order_id: String,
        /// KakaoPay's id of the payment, if an answer brought it.
        tid: Option<String>,
        /// When, by KakaoPay's clock.
        approved_at: Timestamp,
        /// What is paid for.
        period: Period,
    },
    /// The member is told that the charge was not paid, and when it is tried again.
    Declined {
        /// Why.
        reason: Reason,
        /// The day of the next try.
        retry_on: Date,
    },
    /// The subscription is over: the plan is FREE, and the member is told.
    Ended {
        /// Why.
        reason: Reason,
    },
}

impl Step {
    /// `charge` in the state `state`, and `subscription` in `status`.
    pub(super) fn new(charge: &Charge, state: State, subscription: &Subscription, status: Status) -> Self {
        let charge = Charge { state, epoch: charge.epoch + 1, ..charge.clone() };
        let revision = subscription.revision + 1;
        let subscription = Subscription { status, revision, ..subscription.clone() };
        Self { charge, subscription, effects: Vec::new() }
    }

    /// The money of `attempt` moved: the only step that extends a plan.
    pub(super) fn paid(
        charge: &Charge,
        subscription: &Subscription,
        attempt: &Attempt,
        tid: Option<&str>,
        approved_at: Timestamp,
    ) -> Self {
        let Attempt { order_id, .. } = attempt.clone();
        let tid = tid.map(str::to_owned);
        let status = match subscription.status {
            Status::Active | Status::PastDue => Status::Active,
            ending @ (Status::Ending | Status::Ended) => ending,
        };
        let state = State::Charged { order_id: order_id.clone(), tid: tid.clone(), approved_at };
        let mut step = Self::new(charge, state, subscription, status);
        step.subscription.period = charge.period;
        step.subscription.last_approved_at = subscription.last_approved_at.max(approved_at);
        step.effects.push(Effect::Paid { order_id, tid, approved_at, period: charge.period });
        step
    }

    /// No money moved, and none will for this period.
    pub(crate) fn abandoned(charge: &Charge, subscription: &Subscription, reason: Reason) -> Self {
        let mut step = Self::new(charge, State::Abandoned { reason }, subscription, Status::Ended);
        step.effects.push(Effect::Ended { reason });
        step
    }

    /// `attempt` certainly moved no money.
    pub(super) fn not_paid(
        charge: &Charge,
        subscription: &Subscription,
        attempt: &Attempt,
        reason: Reason,
        now: Timestamp,
    ) -> Self {
        if subscription.status == Status::Ending {
            return Self::abandoned(charge, subscription, Reason::EndAsked);
        }
        if reason.cannot_heal() {
            return Self::abandoned(charge, subscription, reason);
        }
        let attempts = attempt.number;
        if !reason.is_refusal() && !attempt.dunning && attempts < SENDS_AT_ONCE {
            let retry_at = if reason == Reason::NotSent { now + PAUSE } else { now };
            let state = State::Declined { attempts, reason, retry_at, dunning: false };
            return Self::new(charge, state, subscription, subscription.status);
        }
        let today = day_in_seoul(now);
        let Some(retry_on) = dunning::next_try(charge.begun_on.unwrap_or(charge.period.start), today) else {
            return Self::abandoned(charge, subscription, reason);
        };
        let retry_at = start_of_day(retry_on);
        let state = State::Declined { attempts, reason, retry_at, dunning: true };
        let mut step = Self::new(charge, state, subscription, Status::PastDue);
        step.effects.push(Effect::Declined { reason, retry_on });
        step
    }
}
