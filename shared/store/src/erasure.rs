//! The record that an account was closed and its data erased, the same in each domain's table.
//!
//! The record is `pk = ERASURE#<account>, sk = RECORD`, with `deletedAt`, `what` (how much of each kind there was) and
//! `erasedAt`. It holds nothing of the person and stays: that it is not there is a condition of every write that would
//! bring back data, such as that of a job that ends later. Each step can be done again; the first value stays.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem};
use jiff::Timestamp;
use serde::Deserialize;

use crate::StoreError;
use crate::table::{Key, Table, integer, text};

/// The record of one account.
#[derive(Clone, Debug)]
pub struct Erasure<'a> {
    table: &'a Table,
    key: Key,
}

#[derive(Deserialize)]
struct KeyOnly {
    pk: String,
    sk: String,
}

/// The key of the record of `account`.
#[must_use]
pub fn erasure_key(account: &str) -> Key {
    Key::new(format!("ERASURE#{account}"), "RECORD")
}

impl Table {
    /// The record of `account`, written or not.
    #[must_use]
    pub fn erasure(&self, account: &str) -> Erasure<'_> {
        Erasure { table: self, key: erasure_key(account) }
    }

    /// The keys of a partition of a bounded size.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keys_of(&self, partition: &str) -> Result<Vec<Key>, StoreError> {
        let query = self.query(partition).projection_expression("pk, sk").consistent_read(true);
        let found: Vec<KeyOnly> = self.query_all(query).await?;
        Ok(found.into_iter().map(|KeyOnly { pk, sk }| Key::new(pk, sk)).collect())
    }

    /// The keys of a partition whose sort keys begin with `prefix`, of which there are not too many.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keys_beginning(&self, partition: &str, prefix: &str) -> Result<Vec<Key>, StoreError> {
        let query = self
            .query(partition)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":prefix", text(prefix))
            .projection_expression("pk, sk")
            .consistent_read(true);
        let found: Vec<KeyOnly> = self.query_all(query).await?;
        Ok(found.into_iter().map(|KeyOnly { pk, sk }| Key::new(pk, sk)).collect())
    }

    /// Deletes a partition of a bounded size, to which nothing is added any more.
    ///
    /// # Errors
    /// [`StoreError`]: begin again, what is deleted stays deleted.
    pub async fn delete_partition(&self, partition: &str) -> Result<(), StoreError> {
        self.delete_all(self.keys_of(partition).await?).await
    }
}

impl Erasure<'_> {
    /// Whether the account was closed, as every write before this call sees it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn is_begun(&self) -> Result<bool, StoreError> {
        Ok(self.table.get::<KeyOnly>(&self.key, true).await?.is_some())
    }

    /// The condition that the account was not closed, as part of a transaction.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn not_begun(&self) -> Result<TransactWriteItem, StoreError> {
        let check = self.table.transact_check(&self.key);
        self.table.part(check.condition_expression("attribute_not_exists(pk)").build())
    }

    /// Notes when the account was closed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn begin(&self, deleted_at: Timestamp) -> Result<(), StoreError> {
        self.note("deletedAt", text(deleted_at.to_string())).await
    }

    /// Notes how much of each kind there is; zeros where [`Erasure::one_more`] will count.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count(&self, what: &BTreeMap<&'static str, usize>) -> Result<(), StoreError> {
        self.note("what", self.table.attribute(what)?).await
    }

    /// Counts one thing that the same transaction erases.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn one_more(&self, kind: &str) -> Result<TransactWriteItem, StoreError> {
        let update = self
            .table
            .transact_update(&self.key)
            .update_expression("ADD what.#kind :one")
            .expression_attribute_names("#kind", kind)
            .expression_attribute_values(":one", integer(1));
        self.table.part(update.build())
    }

    /// Notes that everything is erased.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn end(&self) -> Result<(), StoreError> {
        self.note("erasedAt", text(self.table.clock().now().to_string())).await
    }

    /// Notes something, unless it is there.
    async fn note(&self, name: &str, value: AttributeValue) -> Result<(), StoreError> {
        let update = self
            .table
            .update(&self.key)
            .update_expression("SET #name = if_not_exists(#name, :value)")
            .expression_attribute_names("#name", name)
            .expression_attribute_values(":value", value);
        self.table.update_if(update).await.map(|_| ())
    }
}
