//! What the community knows of members: what they are called, and that they are gone.
//!
//! The nickname is a copy that follows `member.profile_changed`; an answer reads the nicknames of all whom it
//! names in one call. A member who closed the account stays known as closed, because access tokens live on for
//! some minutes: what they would still write is refused by the same transaction that would write it.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use maru_store::{StoreError, integer, text};
use serde::Deserialize;

use crate::store::{Store, member_key};

/// What the community knows of a member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    member_id: String,
    /// What they are called; none until the first profile has arrived.
    #[serde(default)]
    pub nickname: Option<String>,
    /// The points that they have for missions, from 0 on.
    #[serde(default)]
    pub points: u64,
    /// When the account was closed.
    #[serde(default)]
    closed_at: Option<Timestamp>,
}

impl Member {
    /// Whether the account is closed.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed_at.is_some()
    }
}

impl Store {
    /// What is known of a member; nothing of one whose first profile has not arrived.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn member(&self, id: &str) -> Result<Member, StoreError> {
        Ok(self.table().get(&member_key(id), true).await?.unwrap_or_default())
    }

    /// What is known of several members, by id.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn members(&self, ids: &[&str]) -> Result<HashMap<String, Member>, StoreError> {
        let keys = ids.iter().map(|id| member_key(id)).collect();
        let members: Vec<Member> = self.table().get_all(keys, true).await?;
        Ok(members.into_iter().map(|member| (member.member_id.clone(), member)).collect())
    }

    /// Remembers what a member is called, unless a later profile is known or the account is closed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn learn(&self, member: &str, revision: i64, nickname: &str) -> Result<(), StoreError> {
        let update = self
            .table()
            .update(&member_key(member))
            .update_expression("SET memberId = :id, nickname = :nickname, revision = :revision")
            .condition_expression(
                "attribute_not_exists(closedAt) AND \
                 (attribute_not_exists(revision) OR revision < :revision)",
            )
            .expression_attribute_values(":id", text(member))
            .expression_attribute_values(":nickname", text(nickname))
            .expression_attribute_values(":revision", integer(revision));
        self.table().update_if(update).await.map(|_| ())
    }

    /// Forgets what a member is called and what they have, and lets nothing more be written in their name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn close(&self, member: &str, at: Timestamp) -> Result<(), StoreError> {
        let update = self
            .table()
            .update(&member_key(member))
            .update_expression(
                "SET memberId = :id, closedAt = if_not_exists(closedAt, :at) \
                 REMOVE nickname, points, rankPartition, #rank",
            )
            .expression_attribute_names("#rank", "rank")
            .expression_attribute_values(":id", text(member))
            .expression_attribute_values(":at", self.table().attribute(&at)?);
        self.table().update_if(update).await.map(|_| ())
    }

    /// A condition for a transaction: the member's account is not closed.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn open_part(&self, member: &str) -> Result<TransactWriteItem, StoreError> {
        let check = self.table().transact_check(&member_key(member));
        self.table().part(check.condition_expression("attribute_not_exists(closedAt)").build())
    }
}
