//! An answer came for a refund, or its sender has given up waiting for one.

use jiff::{SignedDuration, Timestamp};

use super::{NotMade, Paid, SETTLING, State, Step};
use crate::answer::is_refusal;

/// What came back for one request to give money back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The money went back, at this moment of KakaoPay's clock.
    Made(Timestamp),
    /// KakaoPay said no, with this code.
    Refused(i32),
    /// The request certainly never left.
    NotSent,
    /// The request may have left, and no answer that can be read came back.
    Lost,
}

/// What an answer changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Store this. When the payment was changed in between: read it and ask again, for what the answer says stays
    /// true. What is unknown then is to be looked up.
    Store(Step),
    /// Nothing: it is known, or it says nothing new.
    Known,
    /// Money went back for a refund that was taken to be refused, or that nobody knows. It cannot happen while the
    /// bounds of [`refund`](super) hold; somebody has to look.
    Astray,
}

impl Paid {
    /// What `answer` to the request of a refund means at `now`.
    ///
    /// A refusal is looked up like a lost answer, because the request may have been carried out and then repeated by
    /// something on its way: the repetition is refused, as more than is left (-710), another amount than is left
    /// (-722), or nothing to be given back (-783).
    #[must_use]
    pub fn answered(&self, id: &str, answer: &Answer, now: Timestamp) -> Heard {
        let Some(refund) = self.refund(id) else {
            return if matches!(answer, Answer::Made(_)) { Heard::Astray } else { Heard::Known };
        };
        match (&refund.state, answer) {
            (State::Done { .. }, _) => Heard::Known,
            (State::Refused { .. }, Answer::Made(_)) => Heard::Astray,
            (State::Refused { .. }, _) => Heard::Known,
            (_, Answer::Made(at)) => Heard::Store(self.made(refund, *at)),
            (_, Answer::NotSent) => Heard::Store(self.with(id, State::Refused { because: NotMade::NotSent })),
            (_, Answer::Refused(code)) => Heard::Store(self.unknown(id, Some(*code), now)),
            (State::Unknown { .. }, Answer::Lost) => Heard::Known,
            (State::Sending { .. }, Answer::Lost) => Heard::Store(self.unknown(id, None, now)),
        }
    }

    pub(super) fn unknown(&self, id: &str, code: Option<i32>, now: Timestamp) -> Step {
        self.with(id, State::Unknown { since: now, code })
    }
}

/// How long after an answer, or the lack of one, the request may still be carried out: not at all after a code by
/// which KakaoPay has certainly said no to it.
pub(super) const fn may_still_come(code: Option<i32>) -> SignedDuration {
    match code {
        Some(code) if is_refusal(code) || code == -783 => SignedDuration::ZERO,
        _ => SETTLING,
    }
}
