//! Where the caller stands.

use community_rules::missions::points::Level;
use futures::future::try_join_all;
use maru_store::{StoreError, integer, text};
use serde::Serialize;
use serde::de::IgnoredAny;

use super::{INDEX, POINT, SHARDS, lot_of, shard_name};
use crate::store::Store;

/// How many are counted in each partition at most. With eight partitions that is enough for a place among the first
/// four thousand or so; who is further behind learns their points.
const COUNTED: i32 = 500;

/// Where a member stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Own {
    /// The place in the ranking, from 1 on; none without points, or when too many are before it to be counted.
    pub rank: Option<u64>,
    /// All points.
    pub points: u64,
    /// The level, from 1 on.
    pub level: u64,
    /// Points within the level, below 100.
    pub progress: u64,
}

impl Own {
    /// Where somebody stands with these points, at this place.
    #[must_use]
    pub fn new(points: u64, rank: Option<u64>) -> Self {
        let Level { number, progress } = Level::of(points);
        Self { rank, points, level: number, progress }
    }
}

impl Store {
    /// Where a member stands in the ranking.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn own_rank(&self, member: &str) -> Result<Own, StoreError> {
        let points = self.points_of(member).await?;
        if points == 0 {
            return Ok(Own::new(points, None));
        }
        let (_, lot) = lot_of(member);
        let rank = i64::try_from(points).unwrap_or(i64::MAX).saturating_mul(POINT).saturating_add(lot);
        let before = try_join_all((0..SHARDS).map(|shard| self.before(shard, rank))).await?;
        let before: Option<u64> = before.into_iter().sum();
        Ok(Own::new(points, before.map(|before| before + 1)))
    }

    /// How many stand before `rank` in a partition; none if they are too many to be counted.
    async fn before(&self, shard: u8, rank: i64) -> Result<Option<u64>, StoreError> {
        let query = self
            .table()
            .client()
            .query()
            .table_name(self.table().name())
            .index_name(INDEX)
            .key_condition_expression("rankPartition = :shard AND #rank > :rank")
            .expression_attribute_names("#rank", "rank")
            .expression_attribute_values(":shard", text(shard_name(shard)))
            .expression_attribute_values(":rank", integer(rank))
            // One more, which says whether there are more.
            .limit(COUNTED + 1);
        let (found, more): (Vec<IgnoredAny>, _) = self.table().query_batch(query).await?;
        Ok(more.is_none().then_some(found.len() as u64))
    }
}
