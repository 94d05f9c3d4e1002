//! Subscriptions and the charges of their periods, as they are stored.
//!
//! What may follow what is said by `billing_rules`; here a step of theirs becomes one transaction, under the
//! condition that nothing was changed since it was decided.

mod commit;
mod end;
mod later;
mod open;
mod view;

pub use commit::{Commit, Steps};
pub use open::Opening;
pub use view::BillingView;

use billing_rules::charge::Charge;
use billing_rules::subscription::{Status, Subscription};
use jiff::civil::Date;
use maru_store::{Key, StoreError};
use serde::{Deserialize, Serialize};

use crate::store::{Due, Store, charge_key, subscription_key};

/// A member's subscription, the present or the last one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subscribed {
    /// Names it, `sub_…`.
    pub id: String,
    /// Whose it is.
    pub member_id: String,
    /// What the rules know of it.
    #[serde(flatten)]
    pub rules: Subscription,
    /// The key by which KakaoPay charges the member (SID), sealed; none when KakaoPay's answer that brought it was
    /// lost, and when it was given up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed_sid: Option<String>,
    /// Where it is found, while something is due and it is not being charged.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
}

/// The charge of one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PeriodCharge {
    /// Whom it charges.
    pub member_id: String,
    /// What the rules know of it.
    #[serde(flatten)]
    pub rules: Charge,
    /// The nights that wait for what becomes of it.
    #[serde(default)]
    pub nights: Vec<Date>,
    /// Where it is found, while it is neither settled nor waiting for another day.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
}

/// A subscription and the charge of its next period, as they were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The subscription.
    pub subscription: Subscribed,
    /// The charge; that of nothing done yet, if there is none.
    pub charge: PeriodCharge,
}

impl Subscribed {
    /// Whether nothing more will be charged for it, and nothing is under way.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.rules.status == Status::Ended
    }
}

impl PeriodCharge {
    /// Its key, as the charge of `subscription`.
    #[must_use]
    pub fn key(&self, subscription: &str) -> Key {
        charge_key(&self.member_id, subscription, self.rules.period.start)
    }
}

/// What a sealed SID is bound to.
#[must_use]
pub fn sid_context(member: &str) -> [(&'static str, &str); 2] {
    [("member", member), ("purpose", "kakaopay-sid")]
}

impl Store {
    /// A member's subscription, the present or the last one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn subscription(&self, member: &str) -> Result<Option<Subscribed>, StoreError> {
        self.table().get(&subscription_key(member), true).await
    }

    /// A member's subscription with the charge of its next period. The subscription is read first: with a charge
    /// that is newer no step can be stored, or none is left to do.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn account(&self, member: &str) -> Result<Option<Account>, StoreError> {
        let Some(subscription) = self.subscription(member).await? else { return Ok(None) };
        let period = subscription.rules.next_period();
        let key = charge_key(member, &subscription.id, period.start);
        let charge = self.table().get(&key, true).await?.unwrap_or_else(|| PeriodCharge {
            member_id: member.to_owned(),
            rules: Charge::due(period),
            nights: Vec::new(),
            due: None,
        });
        Ok(Some(Account { subscription, charge }))
    }
}
