//! Coupons as an instance read them a moment ago, so that thousands of clicks a second do not all read one item.
//!
//! Nothing of a coupon changes but the marks that shares are empty, and a mark is true for ever. So one that is sold out is
//! sold out whenever it was read. One without a mark is believed for a second: a click on a share that was found empty
//! meanwhile costs a transaction, and tells this instance. Between the two, while its shares end one after another, it is
//! read each time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::coupon::Coupon;

/// For how long a coupon without a mark is believed to have none.
const BELIEVED: SignedDuration = SignedDuration::from_secs(1);

/// How many coupons are kept. So many are not open at once; with more, all are read anew.
const KEPT: usize = 100;

/// The coupons that an instance read a moment ago; clones share them.
#[derive(Clone, Debug, Default)]
pub struct RecentCoupons(Arc<Mutex<HashMap<String, Read>>>);

#[derive(Clone, Debug)]
struct Read {
    coupon: Coupon,
    at: Timestamp,
}

impl RecentCoupons {
    /// A coupon, if it was read lately enough to be believed at `now`.
    pub(super) fn get(&self, id: &str, now: Timestamp) -> Option<Coupon> {
        let coupons = self.lock();
        let Read { coupon, at } = coupons.get(id)?;
        let age = now.duration_since(*at);
        let fresh = !age.is_negative() && age < BELIEVED;
        (coupon.is_sold_out() || fresh).then(|| coupon.clone())
    }

    /// Keeps a coupon that was asked for at `now`.
    pub(super) fn keep(&self, coupon: &Coupon, now: Timestamp) {
        if !coupon.is_sold_out() && !coupon.emptied.is_empty() {
            return self.forget(&coupon.id);
        }
        let mut coupons = self.lock();
        if coupons.len() >= KEPT && !coupons.contains_key(&coupon.id) {
            coupons.clear();
        }
        coupons.insert(coupon.id.clone(), Read { coupon: coupon.clone(), at: now });
    }

    /// Forgets a coupon of which a share was found empty.
    pub(super) fn forget(&self, id: &str) {
        self.lock().remove(id);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Read>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use community_rules::coupon::{Discount, DiscountKind};

    use super::*;

    const NOON: Timestamp = Timestamp::constant(1_768_446_000, 0);

    fn coupon(id: &str, emptied: &[u32]) -> Coupon {
        Coupon {
            id: id.to_owned(),
            name: "n".to_owned(),
            discount: Discount { kind: DiscountKind::Percentage, value: 50 },
            stock: 100,
            shares: 2,
            opens_at: NOON,
            closes_at: NOON + SignedDuration::from_hours(1),
            condition: None,
            created_at: NOON,
            emptied: emptied.iter().copied().collect(),
            sold_out_at: None,
        }
    }

    #[test]
    fn one_without_a_mark_is_believed_for_a_second() {
        let recent = RecentCoupons::default();
        recent.keep(&coupon("a", &[]), NOON);
        assert!(recent.get("a", NOON).is_some());
        assert!(recent.get("a", NOON + SignedDuration::from_millis(999)).is_some());
        assert!(recent.get("a", NOON + BELIEVED).is_none());
        assert!(recent.get("a", NOON - SignedDuration::from_millis(1)).is_none());
        assert!(recent.get("b", NOON).is_none());
    }

    #[test]
    fn one_that_is_sold_out_is_believed_for_ever_and_one_that_ends_never() {
        let recent = RecentCoupons::default();
        recent.keep(&coupon("a", &[]), NOON);
        recent.keep(&coupon("a", &[1]), NOON);
        assert!(recent.get("a", NOON).is_none());
        recent.keep(&coupon("a", &[0, 1]), NOON);
        assert!(recent.get("a", NOON + SignedDuration::from_hours(9)).is_some());
    }

    #[test]
    fn one_found_empty_is_forgotten_and_only_so_many_are_kept() {
        let recent = RecentCoupons::default();
        recent.keep(&coupon("a", &[]), NOON);
        recent.forget("a");
        assert!(recent.get("a", NOON).is_none());
        for number in 0..3 * KEPT {
            recent.keep(&coupon(&number.to_string(), &[]), NOON);
            assert!(recent.lock().len() <= KEPT);
            assert!(recent.get(&number.to_string(), NOON).is_some());
        }
    }
}
