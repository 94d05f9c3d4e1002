//! KakaoPay said how much of a payment was given back: an open refund becomes known.

use jiff::Timestamp;

use super::{Effect, NotMade, Paid, State, Step};

/// What KakaoPay's order says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtKakaoPay {
    /// How much of the payment was given back in all, in KRW.
    pub canceled: i64,
    /// When some of it last was, by KakaoPay's clock.
    pub canceled_at: Option<Timestamp>,
}

/// What a look-up changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LookedUp {
    /// Store this. When the payment was changed in between: read it and look up again.
    Store(Step),
    /// The request may still be on its way: look again from this moment on.
    Wait(Timestamp),
    /// No refund is open.
    Known,
}

impl Paid {
    /// What KakaoPay's `order`, which was asked for after this was read, means for the open refund at `now`.
    ///
    /// As long as a refund is open nobody else here sends one, so if just its amount was given back in addition, it
    /// was made.
    #[must_use]
    pub fn looked_up(&self, order: AtKakaoPay, now: Timestamp) -> LookedUp {
        let Some(refund) = self.open() else { return LookedUp::Known };
        if order.canceled == self.refunded + refund.amount {
            return LookedUp::Store(self.made(refund, order.canceled_at.unwrap_or(now)));
        }
        match &refund.state {
            State::Sending { lease_until } if *lease_until <= now => {
                LookedUp::Store(self.unknown(&refund.id, None, now))
            }
            State::Unknown { code, .. } if refund.look_up_at().is_some_and(|at| at <= now) => {
                LookedUp::Store(self.not_made(&refund.id, *code, order.canceled))
            }
            _ => refund.look_up_at().map_or(LookedUp::Known, LookedUp::Wait),
        }
    }

    fn not_made(&self, id: &str, code: Option<i32>, canceled: i64) -> Step {
        let because = match code {
            _ if canceled != self.refunded => NotMade::Disagrees,
            Some(code) => NotMade::Code(code),
            None => NotMade::NoAnswer,
        };
        let mut step = self.with(id, State::Refused { because });
        step.effect = (because == NotMade::Disagrees).then_some(Effect::Disagrees { canceled });
        step
    }
}
