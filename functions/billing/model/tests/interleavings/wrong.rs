//! Rules that are wrong, each as somebody might have meant it.

use billing_rules::answer::{Answer, Reason};
use billing_rules::charge::{
    self, APART, AtKakaoPay, Charge, Effect, Heard, SAME_APPROVAL, SETTLING, State, Step, Take,
};
use billing_rules::subscription::{Closed, EndAsked, Status, Subscription};
use jiff::Timestamp;

/// "No answer, so it did not happen."
pub fn sends_again_after_a_time_out(
    charge: &Charge,
    subscription: &Subscription,
    order_id: &str,
    answer: &Answer,
    now: Timestamp,
) -> Heard {
    let answer = if *answer == Answer::Lost { &Answer::NotSent } else { answer };
    charge::answered(charge, subscription, order_id, answer, now)
}

/// "A message says that it is to be charged."
pub fn sends_at_each_message(
    charge: &Charge,
    subscription: &Subscription,
    order_id: &str,
    now: Timestamp,
) -> Take {
    let sending = matches!(charge.state, State::Sending { .. });
    let state = if sending { State::Due } else { charge.state.clone() };
    charge::take(&Charge { state, ..charge.clone() }, subscription, order_id, now)
}

/// "The worker is dead, so its request never left."
pub fn sends_for_the_dead(
    charge: &Charge,
    subscription: &Subscription,
    order_id: &str,
    now: Timestamp,
) -> Take {
    match &charge.state {
        State::Sending { lease_until, .. } if now >= *lease_until => {
            sends_at_each_message(charge, subscription, order_id, now)
        }
        _ => charge::take(charge, subscription, order_id, now),
    }
}

/// "Whoever is sent a message for it while it is being sent has outlived the sender."
pub fn takes_the_living_for_dead(
    charge: &Charge,
    subscription: &Subscription,
    order_id: &str,
    now: Timestamp,
) -> Take {
    let mut charge = charge.clone();
    if let State::Sending { lease_until, .. } = &mut charge.state {
        *lease_until = now;
    }
    charge::take(&charge, subscription, order_id, now)
}

/// "KakaoPay knows best, and knows at once."
pub fn asks_at_once(charge: &Charge, subscription: &Subscription, order_id: &str, now: Timestamp) -> Take {
    let unknown = matches!(charge.state, State::Unknown { .. });
    charge::take(charge, subscription, order_id, if unknown { now + SETTLING } else { now })
}

/// "Somebody will look into it."
pub fn never_asks(charge: &Charge, subscription: &Subscription, order_id: &str, now: Timestamp) -> Take {
    match charge::take(charge, subscription, order_id, now) {
        Take::Ask { .. } => Take::Done,
        other => other,
    }
}

/// "Whatever was approved after we sent it is ours."
pub fn compares_with_our_clock(
    charge: &Charge,
    subscription: &Subscription,
    order_id: &str,
    now: Timestamp,
) -> Take {
    with_baseline(charge::take(charge, subscription, order_id, now), now)
}

/// "What is due is due."
pub fn sends_right_after_another(
    charge: &Charge,
    subscription: &Subscription,
    order_id: &str,
    now: Timestamp,
) -> Take {
    let last_approved_at = subscription.last_approved_at;
    let earlier = Subscription { last_approved_at: last_approved_at - APART, ..subscription.clone() };
    let mut take = charge::take(charge, &earlier, order_id, now);
    if let Take::Send(step) | Take::Store(step) = &mut take {
        step.subscription.last_approved_at = last_approved_at;
    }
    with_baseline(take, last_approved_at)
}

fn with_baseline(mut take: Take, moment: Timestamp) -> Take {
    if let Take::Send(step) = &mut take
        && let State::Sending { attempt, .. } = &mut step.charge.state
    {
        attempt.baseline = moment;
    }
    take
}

/// "A second later is later."
pub fn compares_to_the_second(
    charge: &Charge,
    subscription: &Subscription,
    order_id: &str,
    status: AtKakaoPay,
    now: Timestamp,
) -> Option<Step> {
    let last_approved_at = status.last_approved_at.map(|approved_at| approved_at + SAME_APPROVAL);
    charge::settled(charge, subscription, order_id, AtKakaoPay { last_approved_at, ..status }, now)
}

/// "It names no payment, so there was none."
pub fn takes_silence_for_no(
    charge: &Charge,
    subscription: &Subscription,
    order_id: &str,
    status: AtKakaoPay,
    now: Timestamp,
) -> Option<Step> {
    let last_approved_at = status.last_approved_at.or(Some(subscription.last_approved_at));
    charge::settled(charge, subscription, order_id, AtKakaoPay { last_approved_at, ..status }, now)
}

/// "It is given up, so it was not paid."
pub fn takes_given_up_for_unpaid(
    charge: &Charge,
    subscription: &Subscription,
    order_id: &str,
    status: AtKakaoPay,
    now: Timestamp,
) -> Option<Step> {
    let known = Some(subscription.last_approved_at);
    let last_approved_at = if status.active { status.last_approved_at } else { known };
    charge::settled(charge, subscription, order_id, AtKakaoPay { last_approved_at, ..status }, now)
}

/// "There is but one attempt that can be meant."
pub fn forgets_which_it_asked_for(
    charge: &Charge,
    subscription: &Subscription,
    _: &str,
    status: AtKakaoPay,
    now: Timestamp,
) -> Option<Step> {
    let State::Unknown { attempt, .. } = &charge.state else { return None };
    charge::settled(charge, subscription, &attempt.order_id, status, now)
}

/// "The nightly job has run, so the month is paid." So did the original.
pub fn extends_anyway(
    charge: &Charge,
    subscription: &Subscription,
    order_id: &str,
    answer: &Answer,
    now: Timestamp,
) -> Heard {
    let mut heard = charge::answered(charge, subscription, order_id, answer, now);
    if let Heard::Store(step) = &mut heard {
        step.subscription.period = charge.period;
    }
    heard
}

/// "They want out, so nothing is charged any more."
pub fn ends_what_may_be_paid(subscription: &Subscription, charge: &Charge) -> EndAsked {
    match subscription.end_asked(charge) {
        EndAsked::Ending(subscription) => EndAsked::Ended(abandoned(&subscription, charge)),
        other => other,
    }
}

/// "They are gone, so there is nothing to wait for."
pub fn closes_what_may_be_paid(subscription: &Subscription, charge: &Charge) -> Closed {
    match subscription.closed(charge) {
        Closed::Unsettled => {
            let subscription = Subscription { revision: subscription.revision + 1, ..subscription.clone() };
            Closed::Ended(abandoned(&subscription, charge))
        }
        other => other,
    }
}

fn abandoned(changed: &Subscription, charge: &Charge) -> Step {
    let reason = Reason::EndAsked;
    let subscription = Subscription { status: Status::Ended, ..changed.clone() };
    let charge = Charge { state: State::Abandoned { reason }, epoch: charge.epoch + 1, ..charge.clone() };
    Step { charge, subscription, effects: vec![Effect::Ended { reason }] }
}

/// "They want out, so they have nothing any more."
pub fn ends_what_is_paid(subscription: &Subscription, charge: &Charge) -> EndAsked {
    match subscription.end_asked(charge) {
        EndAsked::Ending(subscription) => {
            EndAsked::Ending(Subscription { status: Status::Ended, ..subscription })
        }
        other => other,
    }
}
