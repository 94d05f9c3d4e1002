//! Giving a payment back: each refund at most once, and never more than was paid.
//!
//! ```text
//! Sending ──▶ Done
//!    │ └────▶ Refused
//!    ▼          ▲
//! Unknown ──────┘   (and ──▶ Done)
//! ```
//!
//! A refund is stored before its request leaves, and a payment has at most one that is open. The request names what
//! is left of the payment, and KakaoPay refuses it when that is not so: carried out once, it cannot be again. Unlike
//! a charge, a refund can be looked up: by the payment's `tid`, KakaoPay says how much of it was given back in all.
//! So whatever is not certain is looked up, and as long as the request may still be on its way it stays unknown.
//!
//! Every function takes the payment as it was read, and gives it as it is to be stored under the condition that it was
//! not changed in between.

mod answered;
mod ask;
mod looked_up;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

pub use answered::{Answer, Heard};
pub use ask::{Ask, Asked};
pub use looked_up::{AtKakaoPay, LookedUp};

/// How long a refund belongs to the request that stored it: longer than that request's Lambda lives, which an HTTP API
/// gives 30 seconds.
pub const LEASE: SignedDuration = SignedDuration::from_secs(90);

/// How long a request whose answer was lost may still be carried out.
pub const SETTLING: SignedDuration = crate::charge::SETTLING;

/// How many refunds a payment may have, with those that were refused: they are kept with it.
pub const MOST: usize = 50;

/// What the rules know of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Paid {
    /// How much was paid, in KRW.
    pub amount: i64,
    /// How much of that was given back, in KRW.
    pub refunded: i64,
    /// The refunds that were asked for, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refunds: Vec<Refund>,
    /// How often it was changed. It is stored under the condition that the one before is there.
    pub revision: u64,
}

/// One refund.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Refund {
    /// Names it, `ref_…`.
    pub id: String,
    /// How much, in KRW.
    pub amount: i64,
    /// Who asked for it.
    pub asked_by: String,
    /// Why, in their words.
    pub reason: String,
    /// When.
    pub asked_at: Timestamp,
    /// Where it stands.
    #[serde(flatten)]
    pub state: State,
}

/// Where a refund stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum State {
    /// Its request is being sent, or was.
    Sending {
        /// Until when its sender may be alive.
        lease_until: Timestamp,
    },
    /// Nobody knows whether the money went back.
    Unknown {
        /// Since when.
        since: Timestamp,
        /// KakaoPay's code, if it said no.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<i32>,
    },
    /// The money went back. Nothing follows.
    Done {
        /// When, by KakaoPay's clock.
        refunded_at: Timestamp,
    },
    /// No money went back. Nothing follows, unless it never left: then it may be sent after all.
    Refused {
        /// Why.
        because: NotMade,
    },
}

/// Why no money went back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotMade {
    /// KakaoPay refused with this code.
    Code(i32),
    /// No answer came, and KakaoPay's order said later that nothing was given back.
    NoAnswer,
    /// The request never left.
    NotSent,
    /// KakaoPay's order says that more or less was given back than these refunds: somebody else refunded it.
    Disagrees,
}

/// What is to be stored, in one transaction with what its effect asks for, or not at all.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    /// The payment; the condition is that the revision before is stored.
    pub paid: Paid,
    /// What else follows.
    pub effect: Option<Effect>,
}

/// What follows from a step, beside the payment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// The money went back: an entry of the ledger, and the member is told.
    GivenBack {
        /// The refund.
        refund_id: String,
        /// How much, in KRW.
        amount: i64,
        /// When, by KakaoPay's clock.
        at: Timestamp,
    },
    /// KakaoPay gave back what we know nothing of: somebody has to look.
    Disagrees {
        /// How much of the payment KakaoPay has given back in all, in KRW.
        canceled: i64,
    },
}

impl Paid {
    /// A payment of `amount` KRW of which nothing was given back.
    #[must_use]
    pub const fn new(amount: i64) -> Self {
        Self { amount, refunded: 0, refunds: Vec::new(), revision: 0 }
    }

    /// How much can still be given back, in KRW.
    #[must_use]
    pub const fn left(&self) -> i64 {
        self.amount.saturating_sub(self.refunded)
    }

    /// The refund that is neither made nor refused, if there is one.
    #[must_use]
    pub fn open(&self) -> Option<&Refund> {
        self.refunds.iter().find(|refund| refund.is_open())
    }

    /// A refund.
    #[must_use]
    pub fn refund(&self, id: &str) -> Option<&Refund> {
        self.refunds.iter().find(|refund| refund.id == id)
    }

    /// The same with another state of a refund.
    fn with(&self, id: &str, state: State) -> Step {
        let mut paid = Self { revision: self.revision + 1, ..self.clone() };
        if let Some(refund) = paid.refunds.iter_mut().find(|refund| refund.id == id) {
            refund.state = state;
        }
        Step { paid, effect: None }
    }

    /// The money of `refund` went back: the only step that raises what was given back.
    fn made(&self, refund: &Refund, at: Timestamp) -> Step {
        let mut step = self.with(&refund.id, State::Done { refunded_at: at });
        step.paid.refunded += refund.amount;
        step.effect = Some(Effect::GivenBack { refund_id: refund.id.clone(), amount: refund.amount, at });
        step
    }
}

impl Refund {
    /// Whether it is neither made nor refused.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.state, State::Sending { .. } | State::Unknown { .. })
    }

    /// From when on it should be looked up; none if it is closed.
    #[must_use]
    pub fn look_up_at(&self) -> Option<Timestamp> {
        match &self.state {
            State::Sending { lease_until } => Some(*lease_until),
            State::Unknown { since, code } => Some(*since + answered::may_still_come(*code)),
            State::Done { .. } | State::Refused { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests;
