//! The charge of one period: a state machine that takes money at most once.
//!
//! ```text
//! Due ──▶ Sending ──▶ Charged
//!          │  ▲ └──▶ Declined ──▶ Abandoned
//!          ▼  └─────────┘ ▲          ▲
//!        Unknown ─────────┴──────────┘   (and ──▶ Charged)
//! ```
//!
//! KakaoPay takes no idempotency key, so a request is sent once: its [`Attempt`] is stored before it leaves, and
//! whoever finds one whose sender is dead, or whose answer never came, sends nothing and waits ([`SETTLING`]) until
//! KakaoPay says when the subscription was last approved. Only an attempt that certainly moved no money is
//! followed by another.
//!
//! Every function takes the charge and its subscription as they were read, at once or one after the other, and gives
//! a [`Step`]: both as they are to be stored, in one transaction, under the condition that neither was changed in
//! between. The crate `billing-model` checks these same functions over all interleavings, holds what the Lambdas do
//! against them, and says what that assumes.

mod answered;
mod settled;
mod step;
mod take;

use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::answer::Reason;
use crate::periods::Period;
pub use answered::{Heard, answered};
pub use settled::{AtKakaoPay, settled};
pub use step::{Effect, Step};
pub use take::{Take, take};

/// The longest that a worker may live, from the moment at which it reads a charge: its Lambda's time-out. A request
/// leaves within this time, or never.
pub const WORKER_TIMEOUT: SignedDuration = SignedDuration::from_secs(60);

/// How long an attempt belongs to the worker that stored it: longer than the worker lives, by more than the clocks of
/// two Lambdas differ.
pub const LEASE: SignedDuration = SignedDuration::from_secs(90);

/// How long an attempt is left alone once it is unknown: longer than [`WORKER_TIMEOUT`] (whoever gives an answer up may
/// name the moment at which it began) and the longest that KakaoPay may take until a request is carried out and seen
/// in the subscription's status, together. Its documents name no bound for that; this leaves it nearly fourteen minutes.
pub const SETTLING: SignedDuration = SignedDuration::from_mins(15);

/// How long to wait after a request that did not leave, before the next.
pub const PAUSE: SignedDuration = SignedDuration::from_mins(15);

/// How many requests may be sent before one is answered. After these the charge waits for the days of
/// [`dunning`](crate::dunning).
pub const SENDS_AT_ONCE: u32 = 3;

/// Within this time two approvals are one and the same. KakaoPay notes the moment in the answer and in the
/// subscription's status, and nothing says that they agree to the second.
pub const SAME_APPROVAL: SignedDuration = SignedDuration::from_mins(1);

/// How long after an approval, by KakaoPay's clock, the next request may leave, by ours. The two approvals are then
/// more than [`SAME_APPROVAL`] apart by KakaoPay's clock too, unless that is 23 hours or more behind ours: it may even
/// name another time zone's time. Periods are longer: only after an outage of a month is there anything to wait for.
pub const APART: SignedDuration = SignedDuration::from_hours(24);

/// The charge of one period.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Charge {
    /// The period that it pays for.
    pub period: Period,
    /// The day on which its first request was sent, from which the days of the retries are counted.
    pub begun_on: Option<Date>,
    /// Where it stands.
    #[serde(flatten)]
    pub state: State,
    /// How often it was changed. It is stored under the condition that the one before is there.
    pub epoch: u64,
}

/// Where a charge stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum State {
    /// Nothing was sent.
    Due,
    /// A worker is sending this attempt, or has sent it.
    Sending {
        /// The attempt.
        attempt: Attempt,
        /// Until when its worker may be alive.
        lease_until: Timestamp,
    },
    /// The money moved, once. Nothing follows.
    Charged {
        /// The order that it moved for.
        order_id: String,
        /// KakaoPay's id of the payment; `None` when only the subscription's status told of it.
        tid: Option<String>,
        /// When, by KakaoPay's clock.
        approved_at: Timestamp,
    },
    /// The attempt did not move money; there will be another.
    Declined {
        /// How many attempts there were.
        attempts: u32,
        /// Why it did not.
        reason: Reason,
        /// From when on the next may be sent.
        retry_at: Timestamp,
        /// Whether that is one of the retries of [`dunning`](crate::dunning).
        dunning: bool,
    },
    /// Nobody knows whether this attempt moved money.
    Unknown {
        /// The attempt.
        attempt: Attempt,
        /// Since when: its sender was dead by then, or gave up within [`WORKER_TIMEOUT`] of it.
        since: Timestamp,
    },
    /// No money moved and none will. Nothing follows.
    Abandoned {
        /// Why.
        reason: Reason,
    },
}

/// One request to charge: what has to be known before it leaves, to recognise what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attempt {
    /// Which of the period's attempts it is, from 1.
    pub number: u32,
    /// Its order, `ord_…`, used for no other request.
    pub order_id: String,
    /// When the subscription was last approved as far as was known, by KakaoPay's clock. A later approval is this
    /// attempt's.
    pub baseline: Timestamp,
    /// Whether it is one of the retries of [`dunning`](crate::dunning).
    pub dunning: bool,
}

impl Charge {
    /// The charge of a period for which nothing was done yet.
    #[must_use]
    pub const fn due(period: Period) -> Self {
        Self { period, begun_on: None, state: State::Due, epoch: 0 }
    }

    /// Whether nothing follows.
    #[must_use]
    pub const fn is_settled(&self) -> bool {
        matches!(self.state, State::Charged { .. } | State::Abandoned { .. })
    }

    /// The attempt that is open under this order, whatever is known of it.
    fn open_attempt(&self, order_id: &str) -> Option<&Attempt> {
        match &self.state {
            State::Sending { attempt, .. } | State::Unknown { attempt, .. }
                if attempt.order_id == order_id =>
            {
                Some(attempt)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
