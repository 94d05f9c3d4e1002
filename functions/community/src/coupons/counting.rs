//! Holding what was given of a coupon against what is left: claims, counted one by one, and the shares.
//!
//! Members may claim meanwhile. So a share is read before and after its claims are counted, and these have to be at
//! least as many as were gone before, and at most as many as are gone after. The index in which they are counted follows
//! in a moment: what does not agree is looked at again before it is believed.

use std::time::Duration;

use community_rules::coupon::shares_of;
use futures::{StreamExt, TryStreamExt, stream};
use jiff::{Timestamp, civil::Date};
use maru_lambda::metrics::{Unit, emit};
use maru_store::StoreError;
use serde::{Deserialize, Serialize};

use super::Coupon;
use super::keys::{BY_SHARE, counted_key, share_partition};
use crate::store::Store;

/// How often what does not agree is looked at, and how long to wait between.
const LOOKS: u32 = 4;
const PAUSE: Duration = Duration::from_millis(500);

/// How many shares are counted at a time.
const AT_ONCE: usize = 8;

/// What was counted of a coupon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Count {
    /// Claims.
    pub issued: u32,
    /// Pieces of the shares.
    pub left: u32,
    /// By how many the shares do not agree with their claims, in total: 0 if issued and left are the stock.
    pub difference: u32,
}

/// What a night's count says of a coupon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Counted {
    /// The coupon.
    pub coupon_id: String,
    /// Its stock.
    pub stock: u32,
    /// What was counted.
    #[serde(flatten)]
    pub count: Count,
    /// When.
    pub counted_at: Timestamp,
}

#[derive(Deserialize)]
struct Found {}

impl Store {
    /// Counts a coupon.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count(&self, coupon: &Coupon) -> Result<Count, StoreError> {
        let shares =
            (0..).zip(shares_of(coupon.stock)).map(|(share, size)| self.count_share(coupon, share, size));
        let counts: Vec<Count> = stream::iter(shares).buffer_unordered(AT_ONCE).try_collect().await?;
        Ok(counts.into_iter().fold(Count::default(), |all, share| Count {
            issued: all.issued + share.issued,
            left: all.left + share.left,
            difference: all.difference + share.difference,
        }))
    }

    /// Keeps what was counted, and raises the alarm where it does not agree.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keep_count(&self, day: Date, counted: &Counted) -> Result<(), StoreError> {
        let Counted { coupon_id, stock, count: Count { issued, left, difference }, counted_at } = counted;
        if *difference > 0 {
            tracing::error!(
                coupon.id = coupon_id,
                stock,
                issued,
                left,
                difference,
                "the claims and the shares of a coupon do not agree"
            );
            let service = [("Service", "community")];
            emit(*counted_at, &service, &[("CouponDifferences", Unit::Count, f64::from(*difference))]);
        }
        self.table().put_if(self.table().put(&counted_key(coupon_id, day), counted)?).await.map(|_| ())
    }

    /// What the count of `day` said of a coupon.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn counted(&self, coupon: &str, day: Date) -> Result<Option<Counted>, StoreError> {
        self.table().get(&counted_key(coupon, day), true).await
    }

    async fn count_share(&self, coupon: &Coupon, share: u32, size: u32) -> Result<Count, StoreError> {
        let mut looks = 1;
        loop {
            let gone = |left: u32| size.saturating_sub(left);
            let before = self.remaining(&coupon.id, share).await?;
            let issued = self.claims_counted(&share_partition(&coupon.id, share)).await?;
            let left = self.remaining(&coupon.id, share).await?;
            let (missing, spare) = (gone(before).saturating_sub(issued), issued.saturating_sub(gone(left)));
            // A share that has more than it began with is one that nobody can have taken from.
            let difference = missing + spare + left.saturating_sub(size);
            if difference == 0 || looks == LOOKS {
                // Of what was given meanwhile, only what was counted is said to be gone.
                let left = if difference == 0 { size.saturating_sub(issued) } else { left };
                return Ok(Count { issued, left, difference });
            }
            looks += 1;
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn claims_counted(&self, share: &str) -> Result<u32, StoreError> {
        let (mut count, mut from) = (0, None);
        loop {
            let query = self
                .table()
                .query(share)
                .index_name(BY_SHARE)
                .key_condition_expression("stockShare = :pk")
                .projection_expression("pk")
                .set_exclusive_start_key(from);
            let (found, next): (Vec<Found>, _) = self.table().query_batch(query).await?;
            count += u32::try_from(found.len()).unwrap_or(u32::MAX);
            from = next;
            if from.is_none() {
                return Ok(count);
            }
        }
    }
}
