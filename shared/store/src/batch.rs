//! Many unconditional writes.

use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_dynamodb::types::{DeleteRequest, PutRequest, WriteRequest};

use crate::table::{Item, Table};
use crate::{Key, StoreError};

/// The most writes that one `BatchWriteItem` takes.
const BATCH: usize = 25;

/// How often the rest of a batch is tried before the caller hears of it: about 25 s of pauses.
const ATTEMPTS: u32 = 12;

impl Table {
    /// Writes all of `items` (with their keys in them), in any order. Only for writes that may be repeated:
    /// when it fails, some of them are done.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn put_all(&self, items: impl IntoIterator<Item = Item>) -> Result<(), StoreError> {
        let writes = items.into_iter().map(|item| {
            let put = PutRequest::builder().set_item(Some(item)).build();
            put.map(|put| WriteRequest::builder().put_request(put).build())
        });
        self.write_all(writes).await
    }

    /// Deletes the items with these keys, those that exist.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn delete_all(&self, keys: impl IntoIterator<Item = Key>) -> Result<(), StoreError> {
        let writes = keys.into_iter().map(|key| {
            let delete = DeleteRequest::builder().set_key(Some(key.attributes())).build();
            delete.map(|delete| WriteRequest::builder().delete_request(delete).build())
        });
        self.write_all(writes).await
    }

    async fn write_all(
        &self,
        writes: impl Iterator<Item = Result<WriteRequest, aws_sdk_dynamodb::error::BuildError>>,
    ) -> Result<(), StoreError> {
        let mut batch = Vec::with_capacity(BATCH);
        for write in writes {
            batch.push(write.map_err(|error| StoreError::Refused {
                operation: "BatchWriteItem",
                table: self.name().to_owned(),
                source: error.into(),
            })?);
            if batch.len() == BATCH {
                self.write_batch(std::mem::take(&mut batch)).await?;
            }
        }
        if batch.is_empty() { Ok(()) } else { self.write_batch(batch).await }
    }

    async fn write_batch(&self, batch: Vec<WriteRequest>) -> Result<(), StoreError> {
        let mut rest = HashMap::from([(self.name().to_owned(), batch)]);
        for attempt in 1..=ATTEMPTS {
            let answer = self.client().batch_write_item().set_request_items(Some(rest)).send().await;
            rest = answer
                .map_err(|error| self.error("BatchWriteItem", error))?
                .unprocessed_items
                .unwrap_or_default();
            if rest.values().all(Vec::is_empty) {
                return Ok(());
            }
            tokio::time::sleep(pause(attempt)).await;
        }
        Err(StoreError::Unavailable {
            operation: "BatchWriteItem",
            table: self.name().to_owned(),
            source: "items were left unprocessed".into(),
        })
    }
}

/// Exponential back-off with full jitter, from 20 ms on, at most 5 s.
pub(crate) fn pause(attempt: u32) -> Duration {
    let most = 10u64.saturating_mul(1 << attempt.min(9)).min(5_000);
    Duration::from_millis(rand::random_range(0..=most))
}
