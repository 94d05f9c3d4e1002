//! Changing a member.

use aws_sdk_dynamodb::types::TransactWriteItem;
use maru_outbox::Posted;
use maru_store::{Key, StoreError, integer, text};
use serde::Serialize;

use super::{Connection, Member, refusal};
use crate::error::Error;
use crate::store::{Store, member_key, nickname_key};

impl Store {
    /// Stores `after` in place of `before`, unless somebody was faster, with `posted` in the same
    /// transaction. A nickname that is given up is free again at that moment.
    ///
    /// # Errors
    /// [`Error::Stale`] when the member is not `before` any more, [`Error::NicknameTaken`],
    /// [`Error::Connected`] for a login at a provider that is another member's, [`Error::Store`].
    pub async fn save(&self, before: &Member, after: &Member, posted: &[Posted]) -> Result<(), Error> {
        let mut parts = vec![self.replace(before, after)?];
        let mut reasons = vec![Error::Stale];
        if before.nickname.key() != after.nickname.key() {
            parts.push(self.own_nickname(&after.nickname, &after.id)?);
            reasons.push(Error::NicknameTaken);
            parts.push(self.delete_own(&nickname_key(&before.nickname), &before.id)?);
            reasons.push(Error::Stale);
        }
        for connection in added(before, after) {
            parts.push(self.own_connection(connection, &after.id)?);
            reasons.push(Error::Connected);
        }
        parts.extend(posted.iter().map(Posted::part));
        let done = self.table().transact(parts).await?;
        done.map_err(|cancelled| refusal(&cancelled, reasons))
    }

    /// Puts something of the member `user` at `key`, with `posted` in the same transaction: nothing is added to
    /// an account that is closed, and so nothing is left over by its erasure.
    ///
    /// # Errors
    /// [`Error::Closed`], also when there never was such an account; [`Error::Store`].
    pub async fn put_while_open(
        &self,
        user: &str,
        key: &Key,
        item: &impl Serialize,
        posted: &[Posted],
    ) -> Result<(), Error> {
        let open = self.table().transact_check(&member_key(user));
        let open = open.condition_expression("attribute_exists(revision)").build();
        let put = self.table().transact_put(key, item)?.build();
        let mut parts = vec![self.table().part(open)?, self.table().part(put)?];
        parts.extend(posted.iter().map(Posted::part));
        let done = self.table().transact(parts).await?;
        done.map_err(|cancelled| refusal(&cancelled, vec![Error::Closed]))
    }

    /// The write that puts `item` in the place of the member `before`.
    pub(super) fn replace(
        &self,
        before: &Member,
        item: &impl Serialize,
    ) -> Result<TransactWriteItem, StoreError> {
        let put = self
            .table()
            .transact_put(&member_key(&before.id), item)?
            .condition_expression("revision = :seen")
            .expression_attribute_values(":seen", integer(before.revision));
        self.table().part(put.build())
    }

    /// The write that deletes what `user` owns.
    pub(super) fn delete_own(&self, key: &Key, user: &str) -> Result<TransactWriteItem, StoreError> {
        let delete = self
            .table()
            .transact_delete(key)
            .condition_expression("userId = :user")
            .expression_attribute_values(":user", text(user));
        self.table().part(delete.build())
    }
}

fn added<'a>(before: &'a Member, after: &'a Member) -> impl Iterator<Item = &'a Connection> {
    let had = |new: &Connection| {
        before.connections.iter().any(|old| (old.provider, old.id) == (new.provider, new.id))
    };
    after.connections.iter().filter(move |connection| !had(connection))
}
