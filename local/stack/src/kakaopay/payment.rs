//! Payments: what was asked for, and how far it got.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::amount::Amount;
use super::card::{Card, Method};

/// How long a person has to pay and the merchant to approve. KakaoPay's own time is not documented.
const LIFETIME: SignedDuration = SignedDuration::from_mins(15);

/// How far a payment got. KakaoPay has more, for steps that the sandbox does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Status {
    /// Asked for.
    Ready,
    /// The person has seen the page.
    OpenPayment,
    /// The person has paid; the merchant has not approved.
    AuthPassword,
    /// Approved with an amount of nothing: a billing key only.
    IssuedSid,
    /// The money has moved.
    SuccessPayment,
    /// A part of it has moved back.
    PartCancelPayment,
    /// All of it has moved back.
    CancelPayment,
    /// The person went back without paying.
    QuitPayment,
    /// The payment failed, on the page or at the approval.
    FailPayment,
}

/// A payment: one that a person makes on the page, or a charge by billing key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Payment {
    pub(super) tid: String,
    pub(super) cid: String,
    /// The billing key that it issued or was charged by.
    pub(super) sid: Option<String>,
    pub(super) order_id: String,
    pub(super) user_id: String,
    pub(super) item_name: String,
    pub(super) item_code: Option<String>,
    pub(super) quantity: i64,
    pub(super) amount: Amount,
    /// What moved back so far.
    pub(super) cancelled: Amount,
    pub(super) status: Status,
    /// Chosen on the page.
    pub(super) method: Option<Method>,
    /// None for a charge by billing key.
    pub(super) checkout: Option<Checkout>,
    pub(super) created_at: Timestamp,
    pub(super) approved_at: Option<Timestamp>,
    /// When money moved back last.
    pub(super) cancelled_at: Option<Timestamp>,
}

/// The page of a payment, and the ways back from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Checkout {
    pub(super) approval_url: String,
    pub(super) cancel_url: String,
    pub(super) fail_url: String,
    /// The one method that the merchant takes.
    pub(super) only: Option<Method>,
    /// Chosen on the page.
    pub(super) card: Card,
    /// Says that the person has paid, once that is so.
    pub(super) pg_token: Option<String>,
}

impl Payment {
    /// Whether it is too late to pay or to approve.
    pub(super) fn is_expired(&self, now: Timestamp) -> bool {
        now.duration_since(self.created_at) >= LIFETIME
    }

    /// What can still move back.
    pub(super) fn left(&self) -> Amount {
        // What moved back was a part of what was left each time.
        self.amount.without(self.cancelled).unwrap_or_default()
    }
}
