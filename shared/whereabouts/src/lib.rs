//! Where members were last, and what the sky did there: what weather sees, for community, which draws missions that
//! fit, and for chat, which tells the members of a province of a warning.
//!
//! | access | key |
//! |---|---|
//! | where a member was last | `pk = MEMBER#<member>, sk = SIGHT` |
//! | the members of a province, page by page | index `byPlace`: `place = <province>#<shard 0–7>`, `pk` |
//!
//! A member whose account was closed keeps the item with nothing in it but when that was: a sight that is recorded late
//! finds it there. A sight is forgotten thirty days after it; the time is checked here, because the database deletes
//! late.
//!
//! Recording and erasing need `dynamodb:PutItem`, reading `dynamodb:GetItem`, the members of a province
//! `dynamodb:Query` on the index.
#![warn(missing_docs)]

mod sight;

pub use sight::{Conditions, Precipitation, Sight, Sky};

use jiff::Timestamp;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_province::Province;
use maru_store::{Key, Outcome, StoreError, Table, integer, text};
use serde::{Deserialize, Serialize};

use crate::sight::KeptSight;

/// Over how many partitions the members of a province are spread, so that none is hot.
pub const SHARDS: u8 = 8;

/// How long a sight is kept, in seconds.
const KEPT: i64 = 30 * 24 * 60 * 60;

const INDEX: &str = "byPlace";

/// The table `WHEREABOUTS_TABLE`.
#[derive(Clone, Debug)]
pub struct Whereabouts {
    table: Table,
}

/// Some members of a province.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Members {
    /// Their ids, ascending; a page may have none though others follow.
    pub ids: Vec<String>,
    /// Where the next page begins; none on the last one.
    pub next: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Closed {
    closed_at: Timestamp,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    pk: String,
    expires_at: i64,
}

impl FromEnvironment for Whereabouts {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self { table: Table::open(environment, "WHEREABOUTS_TABLE")? })
    }
}

impl Whereabouts {
    /// Keeps where a member was, unless something newer is known or the account is closed; whether it was kept.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn record(&self, sight: &Sight) -> Result<bool, StoreError> {
        let place = sight.province.map(|province| place(province, shard_of(&sight.member)));
        let kept = KeptSight::new(sight, place, sight.seen_at.as_second() + KEPT);
        let put = self
            .table
            .put(&key(&sight.member), &kept)?
            .condition_expression(
                "attribute_not_exists(closedAt) AND (attribute_not_exists(seenAt) OR seenAt <= :seen)",
            )
            .expression_attribute_values(":seen", integer(sight.seen_at.as_millisecond()));
        Ok(self.table.put_if(put).await? == Outcome::Done(()))
    }

    /// Where a member was last; none if nothing is known of the last thirty days.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn of(&self, member: &str) -> Result<Option<Sight>, StoreError> {
        let kept: Option<KeptSight> = self.table.get(&key(member), true).await?;
        let now = self.table.clock().now().as_second();
        Ok(kept.and_then(|kept| kept.sight(member, now)))
    }

    /// Members who were last in `province`, those of one `shard` of 0 to 7, in pages of at most `limit`: the page after
    /// `after`, which is the [`Members::next`] of the one before.
    ///
    /// Who comes or goes between two pages may be missed or still listed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn members_in(
        &self,
        province: Province,
        shard: u8,
        after: Option<&str>,
        limit: u16,
    ) -> Result<Members, StoreError> {
        let query = self
            .table
            .client()
            .query()
            .table_name(self.table.name())
            .index_name(INDEX)
            .key_condition_expression("place = :place AND pk > :after")
            .expression_attribute_values(":place", text(place(province, shard)))
            .expression_attribute_values(":after", text(partition(after.unwrap_or_default())))
            .limit(i32::from(limit.max(1)));
        let (listed, more): (Vec<Listed>, _) = self.table.query_batch(query).await?;
        let member = |listed: &Listed| listed.pk.strip_prefix(PREFIX).map(str::to_owned);
        let next = listed.last().filter(|_| more.is_some()).and_then(member);
        let now = self.table.clock().now().as_second();
        let known = listed.iter().filter(|listed| listed.expires_at > now);
        Ok(Members { ids: known.filter_map(member).collect(), next })
    }

    /// Forgets where a member was, for ever: nothing is recorded of them any more.
    ///
    /// # Errors
    /// [`StoreError`]; the call may be repeated.
    pub async fn erase(&self, member: &str, closed_at: Timestamp) -> Result<(), StoreError> {
        let put = self.table.put(&key(member), &Closed { closed_at })?;
        self.table.put_if(put).await.map(|_| ())
    }
}

const PREFIX: &str = "MEMBER#";

fn partition(member: &str) -> String {
    format!("{PREFIX}{member}")
}

fn key(member: &str) -> Key {
    Key::new(partition(member), "SIGHT")
}

fn place(province: Province, shard: u8) -> String {
    format!("{}#{shard}", province.code())
}

fn shard_of(member: &str) -> u8 {
    member.bytes().fold(0_u8, u8::wrapping_add) % SHARDS
}
