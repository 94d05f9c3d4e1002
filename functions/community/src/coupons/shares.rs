//! What is left of the shares of a coupon, and the marks that say that nothing is.
//!
//! A share only ever gets fewer: empty once, it stays empty, so that a mark is true for ever. Whoever finds a share empty
//! marks it in the coupon, which all others read first. From then on whoever takes a piece looks whether it was the last
//! of its share, since the others are nearly empty, too. With every share marked the coupon is sold out, and whoever
//! comes then is refused by reading, without a write. Who dies before marking leaves it to the next who finds the share
//! empty.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem};
use jiff::Timestamp;
use maru_lambda::logs;
use maru_store::{StoreError, integer};
use serde::Deserialize;

use super::Coupon;
use super::keys::{coupon_key, share_key, share_partition};
use crate::store::Store;

#[derive(Deserialize)]
struct Share {
    pk: String,
    remaining: u32,
}

impl Store {
    /// What is left of a share.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) async fn remaining(&self, coupon: &str, share: u32) -> Result<u32, StoreError> {
        let share: Option<Share> = self.table().get(&share_key(coupon, share), true).await?;
        Ok(share.map_or(0, |share| share.remaining))
    }

    /// One piece less of a share, as part of a transaction. It fails when nothing is left.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub(super) fn take_part(&self, coupon: &str, share: u32) -> Result<TransactWriteItem, StoreError> {
        let update = self
            .table()
            .transact_update(&share_key(coupon, share))
            .update_expression("SET remaining = remaining - :one")
            .condition_expression("remaining >= :one")
            .expression_attribute_values(":one", integer(1));
        self.table().part(update.build())
    }

    /// The shares of which nothing is left.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) async fn empty_shares(&self, coupon: &Coupon) -> Result<BTreeSet<u32>, StoreError> {
        let keys = (0..coupon.shares).map(|share| share_key(&coupon.id, share)).collect();
        let shares: Vec<Share> = self.table().get_all(keys, true).await?;
        let left = |share: &u32| {
            let partition = share_partition(&coupon.id, *share);
            shares.iter().any(|share| share.pk == partition && share.remaining > 0)
        };
        Ok((0..coupon.shares).filter(|share| !left(share)).collect())
    }

    /// Marks these shares as empty, if it is not known, and the coupon as sold out if they are all. The coupon is read
    /// before, so that of many who find a share empty few write.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn mark_empty(
        &self,
        coupon: &Coupon,
        empty: &BTreeSet<u32>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let marked: Option<Coupon> = self.table().get(&coupon_key(&coupon.id), false).await?;
        let Some(coupon) = marked else { return Ok(()) };
        self.recent_coupons().keep(&coupon, now);
        let marks = AttributeValue::Ns(empty.iter().map(u32::to_string).collect());
        let all = usize::try_from(coupon.shares).is_ok_and(|shares| empty.len() >= shares);
        let new = empty.difference(&coupon.emptied).next();
        let update =
            self.table().update(&coupon_key(&coupon.id)).expression_attribute_values(":marks", marks);
        let update = if all && coupon.sold_out_at.is_none() {
            update
                .update_expression("SET soldOutAt = :now ADD emptied :marks")
                .condition_expression("attribute_exists(pk) AND attribute_not_exists(soldOutAt)")
                .expression_attribute_values(":now", self.table().attribute(&now)?)
        } else if let Some(new) = new {
            update
                .update_expression("ADD emptied :marks")
                .condition_expression("attribute_exists(pk) AND NOT contains(emptied, :new)")
                .expression_attribute_values(":new", integer(*new))
        } else {
            return Ok(());
        };
        self.recent_coupons().forget(&coupon.id);
        // Refused when another one marked it.
        self.table().update_if(update).await.map(|_| ())
    }

    /// The same; what fails is logged: the next who finds the share empty marks it.
    pub(super) async fn try_mark_empty(&self, coupon: &Coupon, empty: &BTreeSet<u32>, now: Timestamp) {
        if let Err(error) = self.mark_empty(coupon, empty, now).await {
            warn(coupon, &error);
        }
    }

    /// Looks after taking a piece of a share whether it was the last, and then marks what is empty. What fails is
    /// logged.
    pub(super) async fn look_after(&self, coupon: &Coupon, share: u32, now: Timestamp) {
        let looked = async {
            if self.remaining(&coupon.id, share).await? == 0 {
                self.mark_empty(coupon, &self.empty_shares(coupon).await?, now).await?;
            }
            Ok::<_, StoreError>(())
        };
        if let Err(error) = looked.await {
            warn(coupon, &error);
        }
    }
}

fn warn(coupon: &Coupon, error: &StoreError) {
    tracing::warn!(coupon.id = coupon.id, error = logs::chain(error), "an empty share may not be marked");
}
