//! An answer came for an attempt, or the worker has given up waiting for one.

use jiff::Timestamp;

use super::{Charge, State, Step};
use crate::answer::{Answer, Meaning};
use crate::subscription::Subscription;

/// What an answer changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Store this. When the charge or the subscription was changed in between: read both again and ask again, for
    /// what the answer says stays true.
    Store(Step),
    /// Nothing: it is known, or it says nothing about what is open.
    Known,
    /// Money moved for an attempt that was taken to have moved none. It cannot happen while the bounds of
    /// [`charge`](super) hold; somebody has to look, and the order is what to look for.
    Astray,
}

/// What `answer` to the request of `order_id` means for `charge` at `now`.
///
/// An answer is believed as long as its attempt is open, however late it is: it is the truth that an unknown
/// attempt waits for.
#[must_use]
pub fn answered(
    charge: &Charge,
    subscription: &Subscription,
    order_id: &str,
    answer: &Answer,
    now: Timestamp,
) -> Heard {
    let meaning = answer.meaning();
    let Some(attempt) = charge.open_attempt(order_id) else {
        let charged = matches!(&charge.state, State::Charged { order_id: paid, .. } if paid == order_id);
        return if matches!(meaning, Meaning::Moved(..)) && !charged { Heard::Astray } else { Heard::Known };
    };
    match meaning {
        Meaning::Moved(tid, approved_at) => {
            Heard::Store(Step::paid(charge, subscription, attempt, Some(tid), approved_at))
        }
        Meaning::NotMoved(reason) => Heard::Store(Step::not_paid(charge, subscription, attempt, reason, now)),
        Meaning::Doubtful if matches!(charge.state, State::Unknown { .. }) => Heard::Known,
        Meaning::Doubtful => {
            let state = State::Unknown { attempt: attempt.clone(), since: now };
            Heard::Store(Step::new(charge, state, subscription, subscription.status))
        }
    }
}
