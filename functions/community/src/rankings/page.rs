//! A page of the ranking, merged from the partitions of the index.

use std::cmp::Reverse;

use futures::future::try_join_all;
use maru_lambda::Problem;
use maru_store::{Item, ListQuery, Page, Scope, StoreError, integer, text};
use serde::Deserialize;

use super::{INDEX, POINT, SHARDS, shard_name};
use crate::hash::hash_of;
use crate::store::Store;

/// The partition that cursors of the ranking name, which has no items: the order is merged from several.
const MERGED: &str = "RANKING";

/// The most places that a cursor counts: more than there are members of anything.
const MOST_PLACES: u64 = 10_000_000_000;

/// Where a member stands in the order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Ranked {
    /// The item's key, which names the member.
    pk: String,
    /// The number that the order goes by.
    rank: i64,
}

/// A place in the ranking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which, from 1 on.
    pub number: u64,
    /// Who has it.
    pub member_id: String,
    /// The points that they have.
    pub points: u64,
}

impl Ranked {
    fn member(&self) -> &str {
        self.pk.strip_prefix("MEMBER#").unwrap_or(&self.pk)
    }

    fn order(&self) -> Order {
        Order(Reverse(self.rank), hash_of(self.pk.as_bytes()))
    }
}

/// By which the ranking is sorted: the most points first, and of two who are altogether equal by a hash of who they
/// are, which a cursor can hold without naming anybody.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Order(Reverse<i64>, String);

/// Behind whom a page begins.
struct Last {
    order: Order,
    number: u64,
}

impl Store {
    /// One page of the ranking. `caller` is whom the cursor is for. However far behind it is, a page reads its own
    /// entries out of each partition, and no others.
    ///
    /// # Errors
    /// 400 `invalid_cursor`, or the database's as a problem.
    pub async fn ranking(&self, list: &ListQuery, caller: &str) -> Result<Page<Place>, Problem> {
        let scope = Scope::new("list_rankings", "", caller, MERGED);
        let last = list.cursor.as_deref().map(|cursor| open(&scope, cursor)).transpose()?;
        let wanted = list.wanted();
        let shards = (0..SHARDS).map(|shard| self.ranked(shard, last.as_ref(), wanted));
        let mut found: Vec<Ranked> = try_join_all(shards).await?.into_iter().flatten().collect();
        found.sort_by_cached_key(Ranked::order);
        let more = found.len() > wanted;
        found.truncate(wanted);
        let before = last.map_or(0, |last| last.number);
        let next_cursor =
            found.last().filter(|_| more).map(|end| seal(&scope, end, before + found.len() as u64));
        let places = found.iter().zip(before + 1..).map(|(ranked, number)| Place {
            number,
            member_id: ranked.member().to_owned(),
            points: u64::try_from(ranked.rank / POINT).unwrap_or(0),
        });
        Ok(Page { items: places.collect(), next_cursor })
    }

    /// The first of a partition behind `last`, one more than `wanted`.
    async fn ranked(&self, shard: u8, last: Option<&Last>, wanted: usize) -> Result<Vec<Ranked>, StoreError> {
        // One more tells whether the page is the last one, another is `last` itself.
        let limit = i32::try_from(wanted + 2).unwrap_or(i32::MAX);
        let from = last.map_or(i64::MAX, |last| last.order.0.0);
        let query = self
            .table()
            .client()
            .query()
            .table_name(self.table().name())
            .index_name(INDEX)
            .key_condition_expression("rankPartition = :shard AND #rank <= :from")
            .expression_attribute_names("#rank", "rank")
            .expression_attribute_values(":shard", text(shard_name(shard)))
            .expression_attribute_values(":from", integer(from))
            .scan_index_forward(false)
            .limit(limit);
        let mut found: Vec<Ranked> = self.table().query_page(query).await?;
        found.retain(|ranked| last.is_none_or(|last| ranked.order() > last.order));
        Ok(found)
    }
}

fn seal(scope: &Scope, last: &Ranked, number: u64) -> String {
    let Order(Reverse(rank), hash) = last.order();
    let position = format!("{rank}#{number}#{hash}");
    scope.seal(&Item::from([("pk".to_owned(), text(MERGED)), ("sk".to_owned(), text(position))]))
}

fn open(scope: &Scope, cursor: &str) -> Result<Last, Problem> {
    let position = scope.open(cursor)?;
    let parsed = position.get("sk").and_then(|position| {
        let mut parts = position.as_s().ok()?.splitn(3, '#');
        let rank = parts.next()?.parse().ok()?;
        let number = parts.next()?.parse().ok().filter(|number| *number <= MOST_PLACES)?;
        Some(Last { order: Order(Reverse(rank), parts.next()?.to_owned()), number })
    });
    // Sealed for this list, but by somebody else.
    parsed.ok_or_else(|| {
        Problem::bad_request("invalid_cursor", "This cursor is not one of this list; begin without one.")
    })
}
