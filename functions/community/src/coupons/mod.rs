//! Coupons: so many pieces, for whoever comes first, one each.
//!
//! The stock is divided into shares, so that many can claim at once; a claim is one transaction that takes a piece of a
//! share and writes the claim under a key that one member has once for each coupon. So never is one too many given,
//! nobody gets two, and a piece that was taken is somebody's. See [`claiming`] and, for what is left, [`shares`].

mod claiming;
mod claims;
mod counting;
mod coupon;
mod create;
mod erase;
mod keys;
mod list;
pub mod recent;
mod shares;

pub use claiming::Claimed;
pub use claims::{Claim, ClaimView};
pub use counting::Counted;
pub use coupon::Coupon;
pub use list::CouponView;

use maru_store::StoreError;

use crate::store::Store;
use keys::coupon_key;

impl Store {
    /// A coupon, perhaps as it was a moment ago: see [`recent`].
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn coupon(&self, id: &str) -> Result<Option<Coupon>, StoreError> {
        let now = self.table().clock().now();
        if let Some(coupon) = self.recent_coupons().get(id, now) {
            return Ok(Some(coupon));
        }
        let found: Option<Coupon> = match self.table().get(&coupon_key(id), false).await? {
            Some(coupon) => Some(coupon),
            // It may have been made a moment ago.
            None => self.table().get(&coupon_key(id), true).await?,
        };
        if let Some(coupon) = &found {
            self.recent_coupons().keep(coupon, now);
        }
        Ok(found)
    }
}
