//! The coupons that can be claimed, now or later.

use std::collections::{HashMap, HashSet};

use community_rules::coupon::{Condition, Discount, Phase, claim_id};
use jiff::Timestamp;
use maru_lambda::Problem;
use maru_store::{ListQuery, Page, Scope, StoreError, text};
use serde::{Deserialize, Serialize};

use super::keys::{COUPONS, claim_key, coupon_key, ending};
use super::{Claim, Coupon};
use crate::store::Store;

/// A coupon as a visitor sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CouponView {
    id: String,
    name: String,
    discount: Discount,
    stock: u32,
    /// How many are left changes faster than anybody reads; whether any are is told.
    left: Left,
    state: Phase,
    opens_at: Timestamp,
    closes_at: Timestamp,
    condition: Option<Condition>,
    /// Whether the caller has one.
    claimed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Left {
    Some,
    None,
}

impl CouponView {
    /// A coupon at `now`, as a caller sees it who has one, or not.
    #[must_use]
    pub fn new(coupon: Coupon, claimed: bool, now: Timestamp) -> Self {
        Self {
            left: if coupon.is_sold_out() { Left::None } else { Left::Some },
            state: coupon.phase(now),
            id: coupon.id,
            name: coupon.name,
            discount: coupon.discount,
            stock: coupon.stock,
            opens_at: coupon.opens_at,
            closes_at: coupon.closes_at,
            condition: coupon.condition,
            claimed,
        }
    }
}

/// What stands at the end of a coupon's time.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ending {
    coupon_id: String,
}

impl Store {
    /// One page of the coupons whose time is not over, the one that ends next first. A guest has claimed none.
    ///
    /// # Errors
    /// 400 `invalid_cursor`, or the database's as a problem.
    pub async fn coupons(
        &self,
        list: &ListQuery,
        caller: Option<&str>,
        now: Timestamp,
    ) -> Result<Page<CouponView>, Problem> {
        let member = caller.unwrap_or_default();
        let scope = Scope::new("list_coupons", "", member, COUPONS);
        // One that ends within this millisecond is over, or as good as that.
        let over = format!("{}#~", ending(now));
        let mut list = list.clone();
        if let Some(cursor) = &list.cursor {
            // A coupon that has ended since stands outside of what is queried, where a query cannot begin; and what
            // comes after it begins with the first that is not over.
            let place = scope.open(cursor)?;
            if place.get("sk").and_then(|key| key.as_s().ok()).is_none_or(|key| *key <= over) {
                list.cursor = None;
            }
        }
        let query = self
            .table()
            .query(COUPONS)
            .key_condition_expression("pk = :pk AND sk > :now")
            .expression_attribute_values(":now", text(over))
            .consistent_read(true);
        let page: Page<Ending> = self.table().page(query, &list, &scope).await?;
        let ids: Vec<String> = page.items.into_iter().map(|ending| ending.coupon_id).collect();
        let claims = async {
            match caller {
                Some(caller) => self.claimed_among(caller, &ids).await,
                None => Ok(HashSet::new()),
            }
        };
        let (mut coupons, claimed) = futures::try_join!(self.coupons_of(&ids), claims)?;
        let coupons = ids.iter().filter_map(|id| coupons.remove(id));
        let items = coupons.map(|coupon| {
            let claimed = claimed.contains(&coupon.id);
            CouponView::new(coupon, claimed, now)
        });
        Ok(Page { items: items.collect(), next_cursor: page.next_cursor })
    }

    /// The coupons whose time is over after `moment`, every one of them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn coupons_ending_after(&self, moment: Timestamp) -> Result<Vec<Coupon>, StoreError> {
        let query = self
            .table()
            .query(COUPONS)
            .key_condition_expression("pk = :pk AND sk > :moment")
            .expression_attribute_values(":moment", text(ending(moment)));
        let endings: Vec<Ending> = self.table().query_all(query.consistent_read(true)).await?;
        let ids: Vec<String> = endings.into_iter().map(|ending| ending.coupon_id).collect();
        let mut coupons = self.coupons_of(&ids).await?;
        Ok(ids.iter().filter_map(|id| coupons.remove(id)).collect())
    }

    async fn coupons_of(&self, ids: &[String]) -> Result<HashMap<String, Coupon>, StoreError> {
        let keys = ids.iter().map(|id| coupon_key(id)).collect();
        let coupons: Vec<Coupon> = self.table().get_all(keys, true).await?;
        Ok(coupons.into_iter().map(|coupon| (coupon.id.clone(), coupon)).collect())
    }

    async fn claimed_among(&self, member: &str, ids: &[String]) -> Result<HashSet<String>, StoreError> {
        let keys = ids.iter().map(|id| claim_key(member, &claim_id(id, member))).collect();
        let claims: Vec<Claim> = self.table().get_all(keys, true).await?;
        Ok(claims.into_iter().map(|claim| claim.coupon_id).collect())
    }
}
