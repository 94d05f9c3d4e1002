//! What is known of a member: the round of reading, and that the account is closed.

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use maru_store::{StoreError, integer};
use serde::Deserialize;

use crate::store::{Store, member_key, unread_partition};

/// What is known of a member; nothing of one who never marked everything as read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Member {
    /// How often the member marked everything as read.
    round: i64,
    /// When the account was closed.
    closed_at: Option<Timestamp>,
}

impl Member {
    /// Whether the account is closed.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed_at.is_some()
    }

    /// What the unread notifications of the member, whose id is `id`, carry.
    #[must_use]
    pub fn unread(&self, id: &str) -> String {
        unread_partition(id, self.round)
    }
}

impl Store {
    /// What is known of a member.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn member(&self, id: &str) -> Result<Member, StoreError> {
        Ok(self.table().get(&member_key(id), true).await?.unwrap_or_default())
    }

    /// Begins a new round: everything that the member was told so far is read. Whoever closed the account, and
    /// has an access token that lives a few minutes longer, was told nothing.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn next_round(&self, member: &str) -> Result<(), StoreError> {
        let update = self
            .table()
            .update(&member_key(member))
            .update_expression("ADD #round :one")
            .condition_expression("attribute_not_exists(closedAt)")
            .expression_attribute_names("#round", "round")
            .expression_attribute_values(":one", integer(1));
        self.table().update_if(update).await.map(|_| ())
    }

    /// Lets nobody tell the member anything more, nor of them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn close(&self, member: &str) -> Result<(), StoreError> {
        let update = self
            .table()
            .update(&member_key(member))
            .update_expression("SET closedAt = if_not_exists(closedAt, :now)")
            .expression_attribute_values(":now", self.table().attribute(&self.now())?);
        self.table().update_if(update).await.map(|_| ())
    }

    /// A condition for a transaction: the account is open, and its round is that of `seen`.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn same_round_part(&self, member: &str, seen: &Member) -> Result<TransactWriteItem, StoreError> {
        let condition = if seen.round == 0 {
            "attribute_not_exists(closedAt) AND attribute_not_exists(#round)"
        } else {
            "attribute_not_exists(closedAt) AND #round = :round"
        };
        let check = self
            .table()
            .transact_check(&member_key(member))
            .condition_expression(condition)
            .expression_attribute_names("#round", "round");
        let round = (seen.round != 0).then(|| integer(seen.round));
        let check =
            round.into_iter().fold(check, |check, round| check.expression_attribute_values(":round", round));
        self.table().part(check.build())
    }

    /// A condition for a transaction: the account is open.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn open_part(&self, member: &str) -> Result<TransactWriteItem, StoreError> {
        let check = self.table().transact_check(&member_key(member));
        self.table().part(check.condition_expression("attribute_not_exists(closedAt)").build())
    }
}
