//! The lines that models wrote, kept while their hour lasts.

use aws_sdk_dynamodb::types::TransactWriteItem;
use maru_store::{Key, StoreError, integer};
use serde::{Deserialize, Serialize};

use super::Occasion;
use crate::store::Store;

/// How long a line is kept from the begin of its hour on, in seconds.
const KEPT: i64 = 2 * 60 * 60;

/// What came of asking a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it wrote; none if that could not be used, so that nobody asks again within the hour.
    pub text: Option<String>,
    /// Which model it was.
    pub model: String,
}

impl Store {
    /// What a model wrote for an occasion; none if none was asked, or has not answered.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn line(&self, occasion: &Occasion) -> Result<Option<Line>, StoreError> {
        self.table().get(&key(occasion), false).await
    }

    /// Keeps what a model wrote for an occasion, as part of the transaction that ends its job.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn line_part(&self, occasion: &Occasion, line: &Line) -> Result<TransactWriteItem, StoreError> {
        let expires = integer(occasion.hour.as_second() + KEPT);
        let put = self.table().transact_put(&key(occasion), line)?.item("expiresAt", expires);
        self.table().part(put.build())
    }
}

/// The hour is in the key: a line outlives it only as an item that nobody reads.
fn key(occasion: &Occasion) -> Key {
    let Occasion { nx, ny, hour, class } = occasion;
    Key::new(format!("ADVICE#{nx},{ny}"), format!("{hour}#{}", class.name()))
}
