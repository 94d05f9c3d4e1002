//! Several writes, all or none.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{
    ConditionCheck, Delete, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update,
};

use crate::table::{Item, Outcome, Table};
use crate::{Key, StoreError};

/// Why a transaction was cancelled: for each of its writes, in their order, whether its condition failed and
/// the item that stood there.
#[derive(Clone, Debug, PartialEq)]
pub struct Cancelled {
    /// One entry per write: `Some(item as it stands, empty if there is none)` where the condition failed.
    pub failed: Vec<Option<Item>>,
}

impl Cancelled {
    /// Whether the condition of the write at `index` failed.
    #[must_use]
    pub fn failed_at(&self, index: usize) -> bool {
        self.failed.get(index).is_some_and(Option::is_some)
    }
}

/// How often a transaction that met another one is tried again before the caller hears of it.
const ATTEMPTS: u32 = 8;

impl Table {
    /// Carries out all of `writes` or none. The client repeats a call whose answer was lost under the same
    /// token, so that it is never carried out twice.
    ///
    /// # Errors
    /// [`StoreError`]; conditions that do not hold are not errors.
    pub async fn transact(
        &self,
        writes: Vec<TransactWriteItem>,
    ) -> Result<Result<(), Cancelled>, StoreError> {
        let mut attempt = 0;
        loop {
            let request = self.client().transact_write_items().set_transact_items(Some(writes.clone()));
            let error = match request.send().await {
                Ok(_) => return Ok(Ok(())),
                Err(error) => error,
            };
            match cancelled(&error) {
                Some(cancelled) if cancelled.failed.iter().any(Option::is_some) => return Ok(Err(cancelled)),
                // Only met another transaction on the same items: nothing was decided.
                Some(_) if attempt < ATTEMPTS => {
                    attempt += 1;
                    tokio::time::sleep(crate::batch::pause(attempt)).await;
                }
                // Each time. It is the moment that was wrong, not the call.
                Some(_) => {
                    return Err(StoreError::Unavailable {
                        operation: "TransactWriteItems",
                        table: self.name().to_owned(),
                        source: error.into(),
                    });
                }
                None => return Err(self.error("TransactWriteItems", error)),
            }
        }
    }

    /// A put of `item` at `key` as part of a transaction; add a condition where one is needed.
    ///
    /// # Errors
    /// [`StoreError::Item`] when `item` is not a map.
    pub fn transact_put(
        &self,
        key: &Key,
        item: &impl serde::Serialize,
    ) -> Result<aws_sdk_dynamodb::types::builders::PutBuilder, StoreError> {
        let builder = Put::builder().table_name(self.name()).set_item(Some(self.encode(key, item)?));
        Ok(builder.return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld))
    }

    /// An update of the item at `key` as part of a transaction.
    #[must_use]
    pub fn transact_update(&self, key: &Key) -> aws_sdk_dynamodb::types::builders::UpdateBuilder {
        Update::builder()
            .table_name(self.name())
            .set_key(Some(key.attributes()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
    }

    /// A deletion of the item at `key` as part of a transaction; add a condition where one is needed.
    #[must_use]
    pub fn transact_delete(&self, key: &Key) -> aws_sdk_dynamodb::types::builders::DeleteBuilder {
        Delete::builder()
            .table_name(self.name())
            .set_key(Some(key.attributes()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
    }

    /// A condition on the item at `key` as part of a transaction that does not write that item.
    #[must_use]
    pub fn transact_check(&self, key: &Key) -> aws_sdk_dynamodb::types::builders::ConditionCheckBuilder {
        ConditionCheck::builder()
            .table_name(self.name())
            .set_key(Some(key.attributes()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
    }

    /// One write of a transaction out of its finished builder.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when a required part was not set.
    pub fn part<T: Into<Part>>(
        &self,
        built: Result<T, aws_sdk_dynamodb::error::BuildError>,
    ) -> Result<TransactWriteItem, StoreError> {
        let part = built.map_err(|error| StoreError::Refused {
            operation: "TransactWriteItems",
            table: self.name().to_owned(),
            source: error.into(),
        })?;
        Ok(part.into().0)
    }
}

/// One finished write of a transaction.
pub struct Part(TransactWriteItem);

impl From<Put> for Part {
    fn from(put: Put) -> Self {
        Self(TransactWriteItem::builder().put(put).build())
    }
}

impl From<Update> for Part {
    fn from(update: Update) -> Self {
        Self(TransactWriteItem::builder().update(update).build())
    }
}

impl From<Delete> for Part {
    fn from(delete: Delete) -> Self {
        Self(TransactWriteItem::builder().delete(delete).build())
    }
}

impl From<ConditionCheck> for Part {
    fn from(check: ConditionCheck) -> Self {
        Self(TransactWriteItem::builder().condition_check(check).build())
    }
}

fn cancelled(error: &SdkError<TransactWriteItemsError>) -> Option<Cancelled> {
    let TransactWriteItemsError::TransactionCanceledException(cancelled) = error.as_service_error()? else {
        return None;
    };
    let failed = cancelled.cancellation_reasons().iter().map(|reason| {
        let refused = reason.code() == Some("ConditionalCheckFailed");
        refused.then(|| reason.item().cloned().unwrap_or_default())
    });
    let failed: Vec<_> = failed.collect();
    let passing = cancelled.cancellation_reasons().iter().all(|reason| {
        matches!(
            reason.code(),
            None | Some(
                "None"
                    | "ConditionalCheckFailed"
                    | "TransactionConflict"
                    | "ThrottlingError"
                    | "ProvisionedThroughputExceeded"
            )
        )
    });
    passing.then_some(Cancelled { failed })
}

impl<T> Outcome<T> {
    /// What the write gave, if its condition held.
    pub fn done(self) -> Option<T> {
        match self {
            Self::Done(value) => Some(value),
            Self::Refused(_) => None,
        }
    }
}
