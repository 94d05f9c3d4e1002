//! How many votes a post has.
//!
//! A vote and its count are one transaction, and two transactions on one item do not get along: so the counts of a post
//! are spread over four items, chosen by who votes. Each counts the votes of its members, so that none is ever below
//! zero, and their sum is exact at every moment. A post on which nobody voted has none.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::TransactWriteItem;
use community_rules::vote::Difference;
use jiff::Timestamp;
use maru_store::{StoreError, integer, text};
use serde::{Deserialize, Serialize};

use super::keys::{counts_key, post_partition};
use crate::store::Store;

/// Over how many items the counts of a post are spread. A page of a list reads them all.
pub(super) const PARTS: u8 = 4;

/// For how long it is kept that a post was deleted, in seconds: longer than a request that saw it can take.
const KEPT: i64 = 24 * 60 * 60;

/// The votes on a post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many members are for it.
    pub up: i64,
    /// How many are against it.
    pub down: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    post_id: String,
    #[serde(default)]
    ups: i64,
    #[serde(default)]
    downs: i64,
}

/// In place of a part of a post that was deleted.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Deleted<'a> {
    post_id: &'a str,
    deleted_at: Timestamp,
    expires_at: i64,
}

impl Tally {
    fn add(&mut self, part: &Part) {
        self.up += part.ups;
        self.down += part.downs;
    }
}

impl Store {
    /// The counts of a post, of this moment.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) async fn tally(&self, post: &str) -> Result<Tally, StoreError> {
        let query = self
            .table()
            .query(&post_partition(post))
            .key_condition_expression("pk = :pk AND begins_with(sk, :counts)")
            .expression_attribute_values(":counts", text("COUNTS#"))
            .consistent_read(true);
        let mut tally = Tally::default();
        self.table().query_all(query).await?.iter().for_each(|part| tally.add(part));
        Ok(tally)
    }

    /// The counts of several posts, by id; those that nobody voted on are not among them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) async fn tallies(&self, posts: &[&str]) -> Result<HashMap<String, Tally>, StoreError> {
        let parts = |post: &&str| (0..PARTS).map(|part| counts_key(post, part)).collect::<Vec<_>>();
        let keys = posts.iter().flat_map(parts).collect();
        let mut tallies: HashMap<String, Tally> = HashMap::new();
        for part in self.table().get_all::<Part>(keys, true).await? {
            tallies.entry(part.post_id.clone()).or_default().add(&part);
        }
        Ok(tallies)
    }

    /// The change of a post's counts by `member`, as part of a transaction. It fails when the post was deleted.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub(super) fn count_part(
        &self,
        post: &str,
        member: &str,
        by: Difference,
    ) -> Result<TransactWriteItem, StoreError> {
        let update = self
            .table()
            .transact_update(&counts_key(post, part_of(member)))
            .update_expression("SET postId = :post ADD ups :up, downs :down")
            .condition_expression("attribute_not_exists(deletedAt)")
            .expression_attribute_values(":post", text(post))
            .expression_attribute_values(":up", integer(by.up))
            .expression_attribute_values(":down", integer(by.down));
        self.table().part(update.build())
    }

    /// That nothing is counted any more of a post, as parts of the transaction that deletes it.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub(super) fn uncount_parts(
        &self,
        post: &str,
        at: Timestamp,
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        let deleted = Deleted { post_id: post, deleted_at: at, expires_at: at.as_second() + KEPT };
        let part = |part| {
            let put = self.table().transact_put(&counts_key(post, part), &deleted)?;
            self.table().part(put.build())
        };
        (0..PARTS).map(part).collect()
    }
}

/// Which part counts the votes of a member: ids are random, so that they are evenly spread.
fn part_of(member: &str) -> u8 {
    member.bytes().fold(0u8, u8::wrapping_add) % PARTS
}
