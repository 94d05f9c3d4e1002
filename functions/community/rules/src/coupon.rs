//! Coupons: how a stock is divided, who begins where, and when something may be done.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ulid::Ulid;

/// The largest stock.
pub const LARGEST_STOCK: u32 = 1_000_000;

/// The most shares: together they take 16 times the claims that one item of the database does, and who looks at all of
/// them still reads only 16 items.
pub const MOST_SHARES: u32 = 16;

/// A share has at least so many pieces, unless the whole stock has fewer: shares that are nearly empty make claimers go
/// from one to the next.
const LEAST_SHARE: u32 = 50;

/// What is taken off a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Discount {
    /// What the value is.
    pub kind: DiscountKind,
    /// 1 to 100 per cent, or 1 to 1,000,000 KRW.
    pub value: u32,
}

/// What the value of a discount is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DiscountKind {
    /// Per cent of the price.
    Percentage,
    /// An amount in KRW.
    Fixed,
}

/// What whoever claims a coupon must have done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Condition {
    /// A mission of the same day in Seoul, verified.
    MissionToday,
}

/// Where a moment lies in the time of a coupon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Before it opens.
    Coming,
    /// It can be claimed, and used.
    Open,
    /// From its end on.
    Closed,
}

impl Discount {
    /// The largest value of this kind of discount.
    #[must_use]
    pub const fn most(&self) -> u32 {
        match self.kind {
            DiscountKind::Percentage => 100,
            DiscountKind::Fixed => 1_000_000,
        }
    }
}

impl Phase {
    /// Where `now` lies: the moment of opening belongs to the time, that of closing does not.
    #[must_use]
    pub fn at(now: Timestamp, opens_at: Timestamp, closes_at: Timestamp) -> Self {
        if now < opens_at {
            Self::Coming
        } else if now < closes_at {
            Self::Open
        } else {
            Self::Closed
        }
    }
}

/// How many pieces each share of a stock begins with: as evenly as it goes, together the stock, none empty.
#[must_use]
pub fn shares_of(stock: u32) -> Vec<u32> {
    let count = (stock / LEAST_SHARE).clamp(1, MOST_SHARES);
    let (each, more) = (stock / count, stock % count);
    (0..count).map(|share| each + u32::from(share < more)).collect()
}

/// In which order a member looks at `count` shares: each once, beginning at one that is the member's own for this coupon.
pub fn order_of(coupon: &str, member: &str, count: u32) -> impl Iterator<Item = u32> + use<> {
    let [.., last] = digest(coupon, member);
    let begin = u32::from(last);
    (0..count).map(move |step| begin.wrapping_add(step) % count.max(1))
}

/// The id of the claim of a member: the same however often they claim, and of no other member or coupon. Its time is the
/// coupon's, so that claims sort as their coupons do.
#[must_use]
pub fn claim_id(coupon: &str, member: &str) -> String {
    let ulid = coupon.rsplit_once('_').and_then(|(_, ulid)| Ulid::from_string(ulid).ok());
    let milliseconds = ulid.map_or(0, |ulid| ulid.timestamp_ms());
    let random = digest(coupon, member).into_iter().take(10);
    let random = random.fold(0, |number, byte| number << 8 | u128::from(byte));
    format!("clm_{}", Ulid::from_parts(milliseconds, random))
}

fn digest(coupon: &str, member: &str) -> [u8; 32] {
    Sha256::digest(format!("{coupon}\n{member}")).into()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashSet};

    use super::*;

    const COUPON: &str = "cpn_01KKB2Z6N4W8T0Y3Q5R7V9X1C2";

    #[test]
    fn shares_are_the_stock_and_as_even_as_it_goes() {
        for stock in (1..3_000).chain([LARGEST_STOCK - 1, LARGEST_STOCK]) {
            let shares = shares_of(stock);
            assert_eq!(shares.iter().sum::<u32>(), stock);
            let (least, most) = (shares.iter().min().unwrap(), shares.iter().max().unwrap());
            assert!(*least > 0 && most - least <= 1 && shares.len() <= 16, "{stock}: {shares:?}");
        }
        assert_eq!(shares_of(1), [1]);
        assert_eq!(shares_of(99), [99]);
        assert_eq!(shares_of(101), [51, 50]);
        assert_eq!(shares_of(1_000).len(), 16);
    }

    #[test]
    fn every_member_looks_at_every_share_and_they_begin_evenly() {
        let mut begun = [0; 16];
        for member in 0..1_600 {
            let order: Vec<u32> = order_of(COUPON, &format!("usr_{member}"), 16).collect();
            begun[usize::try_from(order[0]).unwrap()] += 1;
            assert_eq!(order.iter().collect::<BTreeSet<_>>().len(), 16);
        }
        assert!(begun.iter().all(|count| (50..150).contains(count)), "{begun:?}");
        assert_eq!(order_of(COUPON, "usr_1", 1).collect::<Vec<_>>(), [0]);
    }

    #[test]
    fn a_claim_has_one_id_which_is_of_no_other() {
        let id = claim_id(COUPON, "usr_1");
        assert_eq!(id, claim_id(COUPON, "usr_1"));
        assert!(id.starts_with("clm_01KKB2Z6N4") && id.len() == 30, "{id}");
        let others = (0..10_000).map(|member| claim_id(COUPON, &format!("usr_{member}")));
        assert_eq!(others.collect::<HashSet<_>>().len(), 10_000);
        assert_ne!(id, claim_id("cpn_01KKB2Z6N4W8T0Y3Q5R7V9X1C3", "usr_1"));
        assert_eq!(claim_id("nonsense", "usr_1").len(), 30);
    }

    #[test]
    fn a_coupon_is_open_from_its_opening_until_before_its_end() {
        let at = |seconds: i64| Timestamp::from_second(seconds).unwrap();
        let phase = |now| Phase::at(at(now), at(10), at(20));
        assert_eq!([9, 10, 19, 20].map(phase), [Phase::Coming, Phase::Open, Phase::Open, Phase::Closed]);
    }
}
