//! A worker takes a charge up: because it is due, because a retry is, or because its message came again.

use jiff::Timestamp;

use super::{APART, Attempt, Charge, LEASE, SETTLING, State, Step};
use crate::answer::Reason;
use crate::subscription::{Status, Subscription};
use maru_seoul::{day_in_seoul, start_of_day};

/// What a worker that takes a charge up has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Take {
    /// Store this, and if that succeeds send the attempt's request: once, and within
    /// [`WORKER_TIMEOUT`](super::WORKER_TIMEOUT) of `now`.
    Send(Step),
    /// Store this. Nothing is to be sent.
    Store(Step),
    /// Ask KakaoPay for the subscription's status, then [`settled`](super::settled) with this order.
    Ask {
        /// The order of the unknown attempt.
        order_id: String,
    },
    /// Nothing can be done before this moment.
    Wait(Timestamp),
    /// Nothing is left to do.
    Done,
}

/// What is to be done for `charge` at `now`. `order_id` is a new order's, for the case that a request is sent.
#[must_use]
pub fn take(charge: &Charge, subscription: &Subscription, order_id: &str, now: Timestamp) -> Take {
    let of_the_past = charge.period.start != subscription.period.end;
    if charge.is_settled() || of_the_past || subscription.status == Status::Ended {
        return Take::Done;
    }
    match &charge.state {
        State::Due => {
            let due_at = start_of_day(charge.period.start);
            begin(charge, subscription, order_id, due_at, now)
        }
        // The end was asked for while the attempt was open as far as the asker had read.
        State::Declined { .. } if subscription.status == Status::Ending => {
            Take::Store(Step::abandoned(charge, subscription, Reason::EndAsked))
        }
        State::Declined { retry_at, .. } => begin(charge, subscription, order_id, *retry_at, now),
        State::Sending { lease_until, .. } if now < *lease_until => Take::Wait(*lease_until),
        State::Sending { attempt, .. } => {
            let state = State::Unknown { attempt: attempt.clone(), since: now };
            Take::Store(Step::new(charge, state, subscription, subscription.status))
        }
        State::Unknown { since, .. } if now < *since + SETTLING => Take::Wait(*since + SETTLING),
        State::Unknown { attempt, .. } => Take::Ask { order_id: attempt.order_id.clone() },
        State::Charged { .. } | State::Abandoned { .. } => Take::Done,
    }
}

/// Begins an attempt, not before `from`.
fn begin(
    charge: &Charge,
    subscription: &Subscription,
    order_id: &str,
    from: Timestamp,
    now: Timestamp,
) -> Take {
    let from = from.max(subscription.last_approved_at + APART);
    if now < from {
        return Take::Wait(from);
    }
    if subscription.status == Status::Ending {
        return Take::Store(Step::abandoned(charge, subscription, Reason::EndAsked));
    }
    let (attempts, dunning) = match charge.state {
        State::Declined { attempts, dunning, .. } => (attempts, dunning),
        _ => (0, false),
    };
    let attempt = Attempt {
        number: attempts + 1,
        order_id: order_id.to_owned(),
        baseline: subscription.last_approved_at,
        dunning,
    };
    let state = State::Sending { attempt, lease_until: now + LEASE };
    let mut step = Step::new(charge, state, subscription, subscription.status);
    step.charge.begun_on = charge.begun_on.or(Some(day_in_seoul(now)));
    Take::Send(step)
}
