//! Somebody asks for a refund.

use jiff::Timestamp;

use super::{LEASE, MOST, NotMade, Paid, Refund, State, Step};

/// A refund that somebody asks for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Its id, the same each time that the same is asked for.
    pub id: &'a str,
    /// How much, in KRW; all that is left if it is not said.
    pub amount: Option<i64>,
    /// Who asks.
    pub by: &'a str,
    /// Why.
    pub reason: &'a str,
}

/// What follows when a refund is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Store this, and if that succeeds send this refund's request: once, and within [`LEASE`].
    Send(Step, Refund),
    /// It was asked for before; so it stands.
    Known(Refund),
    /// Another one is open.
    Unsettled,
    /// Only so much is left, in KRW.
    TooLarge {
        /// How much.
        left: i64,
    },
    /// The payment has had [`MOST`].
    TooMany,
}

impl Paid {
    /// What follows when this is asked for at `now`.
    ///
    /// One that is known to have never left is sent under the same id; every other is answered for as it stands.
    #[must_use]
    pub fn ask(&self, asked: &Asked<'_>, now: Timestamp) -> Ask {
        let before = self.refund(asked.id);
        if let Some(refund) = before.filter(|refund| !refund.never_left()) {
            return Ask::Known(refund.clone());
        }
        if self.open().is_some() {
            return Ask::Unsettled;
        }
        let left = self.left();
        let amount = asked.amount.unwrap_or(left);
        if amount <= 0 || amount > left {
            return Ask::TooLarge { left };
        }
        if before.is_none() && self.refunds.len() >= MOST {
            return Ask::TooMany;
        }
        let refund = Refund {
            id: asked.id.to_owned(),
            amount,
            asked_by: asked.by.to_owned(),
            reason: asked.reason.to_owned(),
            asked_at: now,
            state: State::Sending { lease_until: now + LEASE },
        };
        let mut paid = Self { revision: self.revision + 1, ..self.clone() };
        paid.refunds.retain(|other| other.id != refund.id);
        paid.refunds.push(refund.clone());
        Ask::Send(Step { paid, effect: None }, refund)
    }
}

impl Refund {
    const fn never_left(&self) -> bool {
        matches!(self.state, State::Refused { because: NotMade::NotSent })
    }
}
