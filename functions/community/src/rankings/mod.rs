//! The ranking: who has the most points.
//!
//! A member's points and their place in the order are attributes of one item, in the index `byRank`, so that the
//! transaction that gives points moves the member, too: no second item can say otherwise. The index has eight
//! partitions, chosen by a hash of the member, so that no partition takes all writes; a page is read from all of them
//! and merged. Among equal points a number that is drawn from the member's id decides, the same each time.

mod own;
mod page;

pub use own::Own;
pub use page::Place;

use aws_sdk_dynamodb::types::TransactWriteItem;
use maru_members::member_key;
use maru_store::{StoreError, integer, text};
use serde::Deserialize;

use crate::hash::number_of;
use crate::store::Store;

/// The name of the index.
const INDEX: &str = "byRank";

/// How many partitions the index has, a power of two.
const SHARDS: u8 = 8;

/// What a point is worth in the order: below it stands the number that decides among equal points. All points of a
/// lifetime, some ten million, times this are still exact in 64 bits.
const POINT: i64 = 10_000_000_000;

/// A member's partition of the index, and the number that decides among equal points, below [`POINT`].
fn lot_of(member: &str) -> (String, i64) {
    let number = number_of(member);
    let shard = u8::try_from(number >> 32 & u64::from(SHARDS - 1)).unwrap_or(0);
    (shard_name(shard), i64::try_from(number % POINT.unsigned_abs()).unwrap_or(0))
}

fn shard_name(shard: u8) -> String {
    format!("RANK#{shard}")
}

/// What a member has, in the item of what is known of them.
#[derive(Default, Deserialize)]
struct Earned {
    #[serde(default)]
    points: u64,
}

impl Store {
    /// The points that a member has for missions.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn points_of(&self, member: &str) -> Result<u64, StoreError> {
        let earned: Option<Earned> = self.table().get(&member_key(member), true).await?;
        Ok(earned.unwrap_or_default().points)
    }

    /// Takes the points of a member whose account is closed, and their place.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn leave_ranking(&self, member: &str) -> Result<(), StoreError> {
        let update = self
            .table()
            .update(&member_key(member))
            .update_expression("REMOVE points, rankPartition, #rank")
            .condition_expression("attribute_exists(closedAt)")
            .expression_attribute_names("#rank", "rank");
        self.table().update_if(update).await.map(|_| ())
    }

    /// Gives a member points, as part of a transaction; its condition is that the account is not closed.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn points_part(&self, member: &str, points: u32) -> Result<TransactWriteItem, StoreError> {
        let (shard, lot) = lot_of(member);
        let update = self
            .table()
            .transact_update(&member_key(member))
            .update_expression(
                "SET memberId = :id, rankPartition = :shard, #rank = if_not_exists(#rank, :lot) + :more \
                 ADD points :points",
            )
            .condition_expression("attribute_not_exists(closedAt)")
            .expression_attribute_names("#rank", "rank")
            .expression_attribute_values(":id", text(member))
            .expression_attribute_values(":shard", text(shard))
            .expression_attribute_values(":lot", integer(lot))
            .expression_attribute_values(":more", integer(i64::from(points) * POINT))
            .expression_attribute_values(":points", integer(points));
        self.table().part(update.build())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn members_are_spread_over_all_partitions_and_never_outweigh_a_point() {
        let mut shards = BTreeMap::new();
        for number in 0..8_000 {
            let (shard, lot) = lot_of(&format!("usr_{number}"));
            assert!((0..POINT).contains(&lot));
            *shards.entry(shard).or_insert(0) += 1;
        }
        assert_eq!(shards.len(), usize::from(SHARDS));
        assert!(shards.values().all(|count| (800..1_200).contains(count)), "{shards:?}");
    }
}
