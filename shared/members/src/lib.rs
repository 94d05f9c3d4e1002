//! What a domain knows of members, in its own table: what they are called, and that they are gone.
//!
//! | access | key |
//! |---|---|
//! | a member: nickname, whether closed, and what the domain adds | `pk = MEMBER#<member>, sk = MEMBER` |
//!
//! A domain that adds to the item, such as points, writes `memberId` with it: it may be the first to write.
//!
//! The nickname is a copy that follows `member.profile_changed`; an answer reads the nicknames of all whom it names in one
//! call. A member who closed the account stays known as closed, because access tokens live on for some minutes: what they
//! would still write is refused by the same transaction that would write it.
//!
//! Needs `dynamodb:GetItem`, `dynamodb:BatchGetItem` and `dynamodb:UpdateItem` on the table, each for the function of its
//! name below, and `dynamodb:ConditionCheckItem` for transactions.
#![warn(missing_docs)]

use std::collections::HashMap;

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use maru_store::{Key, StoreError, Table, integer, text};
use serde::Deserialize;

/// What is known of a member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    member_id: String,
    /// What they are called; none until the first profile has arrived.
    #[serde(default)]
    pub nickname: Option<String>,
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

/// The key of a member.
#[must_use]
pub fn member_key(member: &str) -> Key {
    Key::new(format!("MEMBER#{member}"), "MEMBER")
}

/// The members in a domain's table.
#[derive(Clone, Copy, Debug)]
pub struct Members<'a> {
    table: &'a Table,
}

impl<'a> Members<'a> {
    /// Those in `table`.
    #[must_use]
    pub fn of(table: &'a Table) -> Self {
        Self { table }
    }

    /// What is known of a member (`GetItem`); nothing of one whose first profile has not arrived.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn get(self, id: &str) -> Result<Member, StoreError> {
        Ok(self.table.get(&member_key(id), true).await?.unwrap_or_default())
    }

    /// What is known of several members, by id (`BatchGetItem`).
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn get_all(self, ids: &[&str]) -> Result<HashMap<String, Member>, StoreError> {
        let keys = ids.iter().map(|id| member_key(id)).collect();
        let members: Vec<Member> = self.table.get_all(keys, true).await?;
        Ok(members.into_iter().map(|member| (member.member_id.clone(), member)).collect())
    }

    /// Remembers what a member is called (`UpdateItem`), unless a later profile is known or the account is closed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn learn(self, member: &str, revision: i64, nickname: &str) -> Result<(), StoreError> {
        let update = self
            .table
            .update(&member_key(member))
            .update_expression("SET memberId = :id, nickname = :nickname, revision = :revision")
            .condition_expression(
                "attribute_not_exists(closedAt) AND \
                 (attribute_not_exists(revision) OR revision < :revision)",
            )
            .expression_attribute_values(":id", text(member))
            .expression_attribute_values(":nickname", text(nickname))
            .expression_attribute_values(":revision", integer(revision));
        self.table.update_if(update).await.map(|_| ())
    }

    /// Forgets what a member is called (`UpdateItem`) and lets nothing more be written in their name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn close(self, member: &str) -> Result<(), StoreError> {
        let update = self
            .table
            .update(&member_key(member))
            .update_expression("SET memberId = :id, closedAt = if_not_exists(closedAt, :now) REMOVE nickname")
            .expression_attribute_values(":id", text(member))
            .expression_attribute_values(":now", self.table.attribute(&self.table.clock().now())?);
        self.table.update_if(update).await.map(|_| ())
    }

    /// A condition for a transaction (`ConditionCheckItem`): the member's account is not closed.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn open_part(self, member: &str) -> Result<TransactWriteItem, StoreError> {
        let check = self.table.transact_check(&member_key(member));
        self.table.part(check.condition_expression("attribute_not_exists(closedAt)").build())
    }
}
