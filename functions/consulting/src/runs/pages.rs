//! The pages of a run's export: the record of what is stored, by which a worker that takes over goes on.

use aws_sdk_dynamodb::types::TransactWriteItem;
use maru_store::{Key, StoreError, text};
use serde::{Deserialize, Serialize};

use crate::export::{Dataset, Format};
use crate::store::Store;

/// What a page of the export became. Binary parts are files; this says which of several attempts' files count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StoredPage {
    /// Of which dataset.
    pub dataset: Dataset,
    /// Its place in the dataset, from 0 on.
    pub page: u32,
    /// The file with the page as delivered.
    pub raw: String,
    /// How it is written.
    pub format: Format,
    /// The line on which it begins.
    pub first_line: u64,
    /// The line on which the next one begins; unknown until it was read.
    pub next_line: u64,
    /// The platform's cursor of the next page; none on the last one.
    #[serde(default)]
    pub next: Option<String>,
    /// How many rows the platform says it has.
    #[serde(default)]
    pub announced_rows: Option<u64>,
    /// What the shuffle made of it.
    #[serde(default)]
    pub shuffled: Option<Shuffled>,
}

/// What the shuffle made of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Shuffled {
    /// The file with the records, in front of them the offsets of the partitions.
    pub file: String,
    /// All rows.
    pub rows: u64,
    /// The broken ones.
    pub broken: u64,
}

impl Store {
    /// The pages that a run has stored of one dataset, in order.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn pages(&self, run: &str, dataset: Dataset) -> Result<Vec<StoredPage>, StoreError> {
        let query = self
            .table()
            .client()
            .query()
            .table_name(self.table().name())
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND begins_with(sk, :dataset)")
            .expression_attribute_values(":pk", text(format!("RUN#{run}")))
            .expression_attribute_values(":dataset", text(format!("PAGE#{}#", dataset.name())));
        self.table().query_all(query).await
    }

    /// Stores what became of a page, in place of what an earlier attempt stored, as part of a transaction.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn put_page(&self, run: &str, page: &StoredPage) -> Result<TransactWriteItem, StoreError> {
        let sk = format!("PAGE#{}#{:06}", page.dataset.name(), page.page);
        self.table().part(self.table().transact_put(&Key::new(format!("RUN#{run}"), sk), page)?.build())
    }
}
