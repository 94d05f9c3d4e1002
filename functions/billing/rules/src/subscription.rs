//! What a member has bought, and how it ends.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::answer::Reason;
use crate::charge::{Charge, State, Step};
use crate::periods::{Anchor, Period};

/// What a period of PRO costs, in KRW.
pub const PRICE: i64 = 19_900;

/// Where a subscription stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is paid and goes on.
    Active,
    /// It is paid and ends with its period.
    Ending,
    /// The charge of the next period was declined and is tried again. The plan is still PRO.
    PastDue,
    /// It is over; the plan is FREE.
    Ended,
}

/// What the rules know of a subscription.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subscription {
    /// Where it stands.
    pub status: Status,
    /// On which day of the month its periods begin.
    pub anchor: Anchor,
    /// The last period that is paid for.
    pub period: Period,
    /// When its last payment known was approved, by KakaoPay's clock. Against this a later one is recognised.
    pub last_approved_at: Timestamp,
    /// How often it was changed. It is stored under the condition that the one before is there.
    pub revision: u64,
}

impl Subscription {
    /// A subscription whose first period begins on `day` and was paid at `approved_at` of KakaoPay's clock.
    #[must_use]
    pub fn bought(day: Date, approved_at: Timestamp) -> Self {
        let anchor = Anchor::of(day);
        let period = Period::beginning(day, anchor);
        Self { status: Status::Active, anchor, period, last_approved_at: approved_at, revision: 0 }
    }

    /// The period that is to be paid next.
    #[must_use]
    pub fn next_period(&self) -> Period {
        self.period.next(self.anchor)
    }

    /// The member asks to end it. `charge` is that of [`next_period`](Self::next_period): the stored one, or
    /// [`Charge::due`] if there is none. One of another period, which has been settled since, counts as none.
    ///
    /// What is paid is kept. A request for money that may be under way is waited for: if it brings the money, the
    /// subscription ends with the period that was paid; if not, at once.
    ///
    /// `charge` may be older than the subscription: if it was declined since, [`take`](crate::charge::take) ends the
    /// subscription the next time.
    #[must_use]
    pub fn end_asked(&self, charge: &Charge) -> EndAsked {
        let charge = self.next_charge(charge);
        match (self.status, &charge.state) {
            (Status::Ended | Status::Ending, _) => EndAsked::Already,
            (_, State::Declined { .. }) => EndAsked::Ended(Step::abandoned(&charge, self, Reason::EndAsked)),
            (Status::Active | Status::PastDue, _) => {
                EndAsked::Ending(Self { status: Status::Ending, revision: self.revision + 1, ..self.clone() })
            }
        }
    }

    /// The member closes the account: it is over, and what is left of the period with it. `charge` is as for
    /// [`end_asked`](Self::end_asked). A request for money that may be under way is settled first, so that what it
    /// moves is entered.
    #[must_use]
    pub fn closed(&self, charge: &Charge) -> Closed {
        let charge = self.next_charge(charge);
        match (self.status, &charge.state) {
            (Status::Ended, _) => Closed::Already,
            (_, State::Sending { .. } | State::Unknown { .. }) => Closed::Unsettled,
            _ => Closed::Ended(Step::abandoned(&charge, self, Reason::EndAsked)),
        }
    }

    fn next_charge(&self, charge: &Charge) -> Charge {
        let next = self.next_period();
        if charge.period == next { charge.clone() } else { Charge::due(next) }
    }
}

/// What follows when a member closes the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Closed {
    /// It is over now, whatever was paid. To be stored.
    Ended(Step),
    /// A request for money may be under way, and is to be settled first.
    Unsettled,
    /// It was over before.
    Already,
}

/// What follows when a member asks to end a subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EndAsked {
    /// It ends with its period, or when the charge under way is settled. To be stored.
    Ending(Subscription),
    /// It is over now. To be stored.
    Ended(Step),
    /// It was asked before.
    Already,
}

#[cfg(test)]
mod tests;
