//! A coupon.

use std::collections::BTreeSet;

use community_rules::coupon::{Condition, Discount, Phase};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A coupon as it is stored. Nothing of it changes but the last two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Coupon {
    /// Names it, `cpn_…`.
    pub id: String,
    /// What it is called: 1 to 50 characters.
    pub name: String,
    /// What it takes off.
    pub discount: Discount,
    /// How many there are, 1 to 1,000,000.
    pub stock: u32,
    /// Over how many shares they are divided, 1 to 16.
    pub shares: u32,
    /// From when on it can be claimed.
    pub opens_at: Timestamp,
    /// Until when it can be claimed and used, that moment not included.
    pub closes_at: Timestamp,
    /// What whoever claims it must have done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Shares of which nothing is left, as far as somebody found out.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub emptied: BTreeSet<u32>,
    /// When somebody found out that nothing of any share is left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sold_out_at: Option<Timestamp>,
}

impl Coupon {
    /// Where `now` lies in its time.
    #[must_use]
    pub fn phase(&self, now: Timestamp) -> Phase {
        Phase::at(now, self.opens_at, self.closes_at)
    }

    /// Whether it is known that nothing is left. Two who marked the last shares at the same moment may both have seen
    /// one without a mark, and left out to say that all have one.
    #[must_use]
    pub fn is_sold_out(&self) -> bool {
        self.sold_out_at.is_some()
            || u32::try_from(self.emptied.len()).is_ok_and(|empty| empty >= self.shares)
    }
}
