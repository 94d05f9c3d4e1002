//! How many connections a member has in a room, and the number of participants that follows from it.

use aws_sdk_dynamodb::types::TransactWriteItem;
use chat_rules::presence::Change;
use maru_store::{StoreError, integer};
use serde::Deserialize;

use super::keys::{participants_key, present_key};
use crate::store::Store;

#[derive(Deserialize)]
struct Present {
    connections: u32,
}

impl Store {
    /// How many connections of `member` are in a room.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn present(&self, room: &str, member: &str) -> Result<u32, StoreError> {
        let present: Option<Present> = self.table().get(&present_key(room, member), true).await?;
        Ok(present.map_or(0, |present| present.connections))
    }

    /// The writes of a change of the number of a member's connections in a room.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn count(
        &self,
        room: &str,
        member: &str,
        change: Change,
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        let table = self.table();
        let key = present_key(room, member);
        let condition = if change.expected == 0 {
            "attribute_not_exists(connections)"
        } else {
            "connections = :expected"
        };
        let mut writes = Vec::with_capacity(2);
        if change.connections == 0 {
            let delete = table.transact_delete(&key).condition_expression(condition);
            let delete = delete.expression_attribute_values(":expected", integer(change.expected));
            writes.push(table.part(delete.build())?);
        } else {
            let mut update = table
                .transact_update(&key)
                .update_expression("SET connections = :connections")
                .condition_expression(condition)
                .expression_attribute_values(":connections", integer(change.connections));
            if change.expected > 0 {
                update = update.expression_attribute_values(":expected", integer(change.expected));
            }
            writes.push(table.part(update.build())?);
        }
        if change.participants != 0 {
            let update = table
                .transact_update(&participants_key(room, member))
                .update_expression("ADD participants :change")
                .expression_attribute_values(":change", integer(change.participants));
            writes.push(table.part(update.build())?);
        }
        Ok(writes)
    }

    /// The condition that no connection of `member` is counted in a room.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn nobody_present(&self, room: &str, member: &str) -> Result<TransactWriteItem, StoreError> {
        let check = self.table().transact_check(&present_key(room, member));
        self.table().part(check.condition_expression("attribute_not_exists(connections)").build())
    }

    /// Counts a member out of a room in which none of their connections is any more, if somebody left them counted.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count_out(&self, room: &str, member: &str) -> Result<(), StoreError> {
        let present = self.present(room, member).await?;
        if present == 0 {
            return Ok(());
        }
        let out = Change { expected: present, connections: 0, participants: -1 };
        // Refused when it has changed: whoever changed it counted.
        self.table().transact(self.count(room, member, out)?).await.map(drop)
    }
}
