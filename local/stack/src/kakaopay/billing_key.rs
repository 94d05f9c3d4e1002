//! Billing keys (`sid`): what charges without a person are made with.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::card::{Card, Method};

/// A billing key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct BillingKey {
    pub(super) sid: String,
    pub(super) cid: String,
    /// Whoever made the first payment; charges are of nobody else.
    pub(super) user_id: String,
    pub(super) item_name: String,
    pub(super) method: Method,
    /// How later charges go.
    pub(super) card: Card,
    pub(super) created_at: Timestamp,
    /// When money moved last; none while it never has.
    pub(super) last_approved_at: Option<Timestamp>,
    /// Since when it is good for nothing.
    pub(super) inactivated_at: Option<Timestamp>,
}

impl BillingKey {
    /// Later charges go as this card's do from now on.
    pub(super) fn pay_with(&mut self, card: Card, now: Timestamp) {
        self.card = card;
        if card == Card::Withdrawn {
            self.inactivated_at.get_or_insert(now);
        }
    }

    /// `ACTIVE` or `INACTIVE`.
    pub(super) fn status(&self) -> &'static str {
        if self.inactivated_at.is_none() { "ACTIVE" } else { "INACTIVE" }
    }

    /// As the wallet shows it.
    pub(super) fn json(&self) -> Value {
        json!({
            "sid": self.sid,
            "userId": self.user_id,
            "card": self.card,
            "status": self.status(),
            "lastApprovedAt": self.last_approved_at,
        })
    }
}
