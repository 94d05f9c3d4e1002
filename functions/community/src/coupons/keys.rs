//! Where coupons and claims are.

use jiff::{Timestamp, civil::Date};
use maru_store::Key;

/// The partition of the coupons by the end of their time.
pub(super) const COUPONS: &str = "COUPONS";

/// The index in which the claims of a share are counted.
pub(super) const BY_SHARE: &str = "byShare";

/// The key of a coupon.
pub(super) fn coupon_key(coupon: &str) -> Key {
    Key::new(format!("COUPON#{coupon}"), "COUPON")
}

/// The key of what the count of `day` said of a coupon.
pub(super) fn counted_key(coupon: &str, day: Date) -> Key {
    Key::new(format!("COUPON#{coupon}"), format!("COUNTED#{day}"))
}

/// The partition of a share, and of its claims in the index.
pub(super) fn share_partition(coupon: &str, share: u32) -> String {
    format!("COUPON#{coupon}#{share}")
}

/// The key of a share.
pub(super) fn share_key(coupon: &str, share: u32) -> Key {
    Key::new(share_partition(coupon, share), "SHARE")
}

/// The key of a coupon among those by the end of their time.
pub(super) fn ending_key(coupon: &str, closes_at: Timestamp) -> Key {
    Key::new(COUPONS, format!("{}#{coupon}", ending(closes_at)))
}

/// A time, so that texts sort as times do.
pub(super) fn ending(at: Timestamp) -> String {
    format!("{:015}", at.as_millisecond().max(0))
}

/// The partition of a member's claims.
pub(super) fn claims_partition(member: &str) -> String {
    format!("CLAIMS#{member}")
}

/// The key of a claim.
pub(super) fn claim_key(member: &str, claim: &str) -> Key {
    Key::new(claims_partition(member), claim)
}

/// The key of a claim of nobody any more.
pub(super) fn nobodys_claim_key(claim: &str) -> Key {
    Key::new(format!("CLAIM#{claim}"), "CLAIM")
}
