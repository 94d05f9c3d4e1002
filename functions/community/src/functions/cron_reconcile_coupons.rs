//! At 00:20 in Seoul: holds what was given of each coupon against what is left of it.

use jiff::SignedDuration;
use maru_lambda::{Clock, Tick, day_in_seoul};
use maru_store::StoreError;
use serde::Serialize;

use crate::coupons::Counted;
use crate::store::Store;

/// For how long after its end a coupon is counted: each is counted at least once more when nothing happens to it any
/// more, also when a night was left out.
const AFTER_THE_END: SignedDuration = SignedDuration::from_hours(72);

/// What the firing did, what an earlier try of it did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    coupons: usize,
    differing: usize,
}

pub async fn handle((store, clock): (Store, Clock), tick: Tick) -> Result<Report, StoreError> {
    let day = day_in_seoul(tick.scheduled_time);
    let mut report = Report::default();
    for coupon in store.coupons_ending_after(tick.scheduled_time - AFTER_THE_END).await? {
        // Of one that has not opened, nobody can have claimed any.
        if coupon.opens_at > tick.scheduled_time {
            continue;
        }
        // So that a try goes on where the one before was cut off.
        let before = store.counted(&coupon.id, day).await?;
        if before.is_some_and(|before| before.counted_at >= tick.scheduled_time) {
            continue;
        }
        let count = store.count(&coupon).await?;
        let counted = Counted { coupon_id: coupon.id, stock: coupon.stock, count, counted_at: clock.now() };
        store.keep_count(day, &counted).await?;
        report.coupons += 1;
        report.differing += usize::from(count.difference > 0);
    }
    Ok(report)
}
