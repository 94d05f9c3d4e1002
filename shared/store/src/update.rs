//! Changing single items.

use aws_sdk_dynamodb::Config;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::update_item::{UpdateItemError, builders::UpdateItemFluentBuilder};
use aws_sdk_dynamodb::types::{ReturnValue, ReturnValuesOnConditionCheckFailure};

use crate::StoreError;
use crate::table::{Item, Key, Outcome, Table};

/// How often an update that met a transaction is tried again before the caller hears of it.
const CONFLICTS: u32 = 5;

/// What the client does when a call fails or its answer is lost.
#[derive(Clone, Copy)]
enum Repeats {
    /// Sends it again, a few times.
    Allowed,
    /// Says so.
    Never,
}

impl Table {
    /// An update of the item at `key`, to which expressions can be added; send it with [`Table::update_if`].
    #[must_use]
    pub fn update(&self, key: &Key) -> UpdateItemFluentBuilder {
        self.client().update_item().table_name(self.name()).set_key(Some(key.attributes()))
    }

    /// Carries out a conditional update and gives the item as it is after it. An update whose answer was lost is
    /// sent again: what must not be done twice has a condition that refuses it, or is sent with
    /// [`Table::update_once`].
    ///
    /// # Errors
    /// [`StoreError`]; a condition that does not hold is not an error.
    pub async fn update_if(&self, update: UpdateItemFluentBuilder) -> Result<Outcome<Item>, StoreError> {
        self.send(update, Repeats::Allowed).await
    }

    /// The same, but never carried out twice: for numbers that may rather miss one than count it again.
    ///
    /// # Errors
    /// [`StoreError`], after which it may have been carried out or not; a condition that does not hold is not an
    /// error.
    pub async fn update_once(&self, update: UpdateItemFluentBuilder) -> Result<Outcome<Item>, StoreError> {
        self.send(update, Repeats::Never).await
    }

    async fn send(
        &self,
        update: UpdateItemFluentBuilder,
        repeats: Repeats,
    ) -> Result<Outcome<Item>, StoreError> {
        let update = update
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let mut attempt = 0;
        loop {
            let call = update.clone();
            let sent = match repeats {
                Repeats::Allowed => call.send().await,
                Repeats::Never => {
                    let once = Config::builder().retry_config(RetryConfig::disabled());
                    call.customize().config_override(once).send().await
                }
            };
            let error = match sent {
                Ok(answer) => return Ok(Outcome::Done(answer.attributes.unwrap_or_default())),
                Err(error) => error,
            };
            match error {
                SdkError::ServiceError(error) if error.err().is_conditional_check_failed_exception() => {
                    let UpdateItemError::ConditionalCheckFailedException(refusal) = error.into_err() else {
                        return Ok(Outcome::Refused(None));
                    };
                    return Ok(Outcome::Refused(refusal.item));
                }
                // Met a transaction on the item: nothing was decided, and the client does not try again by itself.
                SdkError::ServiceError(error)
                    if error.err().is_transaction_conflict_exception() && attempt < CONFLICTS =>
                {
                    attempt += 1;
                    tokio::time::sleep(crate::batch::pause(attempt)).await;
                }
                error => return Err(self.error("UpdateItem", error)),
            }
        }
    }
}
