//! Many reads in few calls.

use std::collections::{HashMap, HashSet};

use aws_sdk_dynamodb::types::KeysAndAttributes;
use serde::de::DeserializeOwned;

use crate::batch::pause;
use crate::table::{Item, Table};
use crate::{Key, StoreError};

/// The most keys that one `BatchGetItem` takes.
const BATCH: usize = 100;

/// How often what a call left unread is asked for again.
const ATTEMPTS: u32 = 8;

impl Table {
    /// Reads the items with these keys, those that exist, in any order; a key given twice is read once. One
    /// call for each hundred. `consistent` reads see every write that was answered before.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn get_all<T: DeserializeOwned>(
        &self,
        keys: Vec<Key>,
        consistent: bool,
    ) -> Result<Vec<T>, StoreError> {
        let keys: Vec<Key> = keys.into_iter().collect::<HashSet<_>>().into_iter().collect();
        let mut items = Vec::with_capacity(keys.len());
        for batch in keys.chunks(BATCH) {
            let keys = batch.iter().map(Key::attributes).collect();
            for item in self.get_batch(keys, consistent).await? {
                items.push(self.decode(item)?);
            }
        }
        Ok(items)
    }

    async fn get_batch(&self, keys: Vec<Item>, consistent: bool) -> Result<Vec<Item>, StoreError> {
        let (mut found, mut rest) = (Vec::with_capacity(keys.len()), keys);
        for attempt in 1..=ATTEMPTS {
            let wanted =
                KeysAndAttributes::builder().set_keys(Some(rest)).consistent_read(consistent).build();
            let wanted = wanted.map_err(|error| StoreError::Refused {
                operation: "BatchGetItem",
                table: self.name().to_owned(),
                source: error.into(),
            })?;
            let request = HashMap::from([(self.name().to_owned(), wanted)]);
            let answer = self.client().batch_get_item().set_request_items(Some(request)).send().await;
            let answer = answer.map_err(|error| self.error("BatchGetItem", error))?;
            found.extend(answer.responses.unwrap_or_default().into_values().flatten());
            let left = answer.unprocessed_keys.unwrap_or_default();
            rest = left.into_values().flat_map(|left| left.keys).collect();
            if rest.is_empty() {
                return Ok(found);
            }
            tokio::time::sleep(pause(attempt)).await;
        }
        Err(StoreError::Unavailable {
            operation: "BatchGetItem",
            table: self.name().to_owned(),
            source: "items were left unread".into(),
        })
    }
}
