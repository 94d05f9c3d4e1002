//! What members have claimed, and using it.

use community_rules::coupon::{Discount, Phase};
use jiff::Timestamp;
use maru_lambda::Problem;
use maru_store::{ListQuery, Outcome, Page, Scope, StoreError, text};
use serde::{Deserialize, Serialize};

use super::keys::{claim_key, claims_partition};
use crate::error::Error;
use crate::store::Store;

/// A claim as it is stored, with what the coupon says, which never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Claim {
    /// Names it, `clm_…`.
    pub id: String,
    /// The coupon.
    pub coupon_id: String,
    /// What it is called.
    pub name: String,
    /// What it takes off.
    pub discount: Discount,
    /// From when on it could be claimed.
    pub opens_at: Timestamp,
    /// Until when it can be used, that moment not included.
    pub closes_at: Timestamp,
    /// Of which share of the stock it is.
    pub stock_share: String,
    /// When it was claimed.
    pub claimed_at: Timestamp,
    /// When it was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_at: Option<Timestamp>,
    /// By which request it was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub use_id: Option<String>,
}

/// A claim as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClaimView {
    id: String,
    coupon_id: String,
    name: String,
    discount: Discount,
    state: State,
    claimed_at: Timestamp,
    used_at: Option<Timestamp>,
    closes_at: Timestamp,
}

/// What can be done with a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Usable,
    Used,
    Expired,
}

impl Claim {
    /// As its owner sees it at `now`.
    #[must_use]
    pub fn view(self, now: Timestamp) -> ClaimView {
        let state = match (self.used_at, self.phase(now)) {
            (Some(_), _) => State::Used,
            (None, Phase::Closed) => State::Expired,
            (None, _) => State::Usable,
        };
        ClaimView {
            state,
            id: self.id,
            coupon_id: self.coupon_id,
            name: self.name,
            discount: self.discount,
            claimed_at: self.claimed_at,
            used_at: self.used_at,
            closes_at: self.closes_at,
        }
    }

    fn phase(&self, now: Timestamp) -> Phase {
        Phase::at(now, self.opens_at, self.closes_at)
    }
}

impl Store {
    /// A claim of a member.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn claim(&self, member: &str, claim: &str) -> Result<Option<Claim>, StoreError> {
        self.table().get(&claim_key(member, claim), true).await
    }

    /// The claims of a member, that of the latest coupon first.
    ///
    /// # Errors
    /// 400 `invalid_cursor`, or the database's as a problem.
    pub async fn claims(&self, member: &str, list: &ListQuery) -> Result<Page<Claim>, Problem> {
        let partition = claims_partition(member);
        let scope = Scope::new("list_my_coupons", "", member, &partition);
        let query = self.table().query(&partition).scan_index_forward(false).consistent_read(true);
        self.table().page(query, list, &scope).await
    }

    /// Uses a claim of `member`, once. `use_id` names the request, which may have been sent before.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::CouponOver`], [`Error::AlreadyUsed`], [`Error::Store`].
    pub async fn use_claim(
        &self,
        member: &str,
        claim: &str,
        use_id: &str,
        now: Timestamp,
    ) -> Result<Claim, Error> {
        let before = self.claim(member, claim).await?.ok_or(Error::NotFound)?;
        if before.use_id.as_deref() == Some(use_id) {
            return Ok(before);
        }
        if before.used_at.is_some() {
            return Err(Error::AlreadyUsed);
        }
        // Its times never change, so that they need not be in the condition.
        if before.phase(now) == Phase::Closed {
            return Err(Error::CouponOver);
        }
        let update = self
            .table()
            .update(&claim_key(member, claim))
            .update_expression("SET usedAt = :now, useId = :use")
            .condition_expression("attribute_exists(pk) AND attribute_not_exists(usedAt)")
            .expression_attribute_values(":now", self.table().attribute(&now)?)
            .expression_attribute_values(":use", text(use_id));
        match self.table().update_if(update).await? {
            Outcome::Done(item) => Ok(self.table().decode(item)?),
            Outcome::Refused(None) => Err(Error::NotFound),
            Outcome::Refused(Some(item)) => {
                let used: Claim = self.table().decode(item)?;
                // The client of the database sends a write again whose answer was lost.
                if used.use_id.as_deref() == Some(use_id) { Ok(used) } else { Err(Error::AlreadyUsed) }
            }
        }
    }
}
