//! KakaoPay said when the subscription was last approved: an unknown attempt becomes known.

use jiff::Timestamp;

use super::{Charge, SAME_APPROVAL, State, Step};
use crate::answer::Reason;
use crate::subscription::Subscription;

/// What KakaoPay says of the recurring payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AtKakaoPay {
    /// Whether it can be charged: `false` only if KakaoPay itself says that it is inactive, for that ends the subscription.
    pub active: bool,
    /// When a payment was last approved, by KakaoPay's clock; `None` if it names none.
    pub last_approved_at: Option<Timestamp>,
}

/// What `status` means for the unknown attempt of `order_id`, at `now`. `status` must have been asked for after
/// [`take`](super::take) said so.
///
/// `None`, and nothing is to be stored, when that attempt is not unknown any more, because somebody else was faster;
/// or when the status does not say what became of it: it names no approval, or one before that which was known when the
/// attempt was sent. To take that for "not paid" could charge twice, so the attempt stays unknown until another status
/// says more, or a person does ([`answered`](super::answered)). When the step cannot be stored because something was
/// changed in between, read again and ask again with the same status.
#[must_use]
pub fn settled(
    charge: &Charge,
    subscription: &Subscription,
    order_id: &str,
    status: AtKakaoPay,
    now: Timestamp,
) -> Option<Step> {
    let State::Unknown { attempt, .. } = &charge.state else { return None };
    if attempt.order_id != order_id {
        return None;
    }
    let approved_at = status.last_approved_at?;
    if approved_at > attempt.baseline + SAME_APPROVAL {
        return Some(Step::paid(charge, subscription, attempt, None, approved_at));
    }
    if approved_at < attempt.baseline - SAME_APPROVAL {
        return None;
    }
    let reason = if status.active { Reason::NoAnswer } else { Reason::Inactive };
    Some(Step::not_paid(charge, subscription, attempt, reason, now))
}
