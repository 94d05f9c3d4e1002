//! One table: reading and writing single items.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::put_item::{PutItemError, builders::PutItemFluentBuilder};
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure};
use maru_lambda::{Clock, ConfigurationError, Environment, OnFirstUse};
use serde::{Serialize, de::DeserializeOwned};

use crate::StoreError;

/// An item as the database has it.
pub type Item = HashMap<String, AttributeValue>;

/// The primary key of an item.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The partition key.
    pub pk: String,
    /// The sort key.
    pub sk: String,
}

impl Key {
    /// The key with this partition and sort key.
    pub fn new(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self { pk: pk.into(), sk: sk.into() }
    }

    /// As attributes.
    #[must_use]
    pub fn attributes(&self) -> Item {
        HashMap::from([("pk".to_owned(), text(&self.pk)), ("sk".to_owned(), text(&self.sk))])
    }
}

/// A string attribute.
pub fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

/// A number attribute.
pub fn integer(value: impl Into<i128>) -> AttributeValue {
    AttributeValue::N(value.into().to_string())
}

/// What became of a conditional write.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome<T> {
    /// The condition held, the write is done.
    Done(T),
    /// The condition did not hold, nothing was written; the item as it stands, if there is one.
    Refused(Option<Item>),
}

/// A DynamoDB table with string keys `pk` and `sk`.
#[derive(Clone, Debug)]
pub struct Table {
    client: OnFirstUse<Client>,
    name: String,
    clock: Clock,
}

impl Table {
    /// The table whose name is in the environment variable `variable`.
    ///
    /// # Errors
    /// [`ConfigurationError`] when the variable is not set.
    pub fn open(environment: &Environment, variable: &str) -> Result<Self, ConfigurationError> {
        let name = environment.require(variable)?.to_owned();
        Ok(Self { client: environment.client(Client::new), name, clock: environment.clock().clone() })
    }

    /// The client, for what this crate does not wrap.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The table's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Reads one item. `consistent` reads see every write that was answered before.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn get<T: DeserializeOwned>(
        &self,
        key: &Key,
        consistent: bool,
    ) -> Result<Option<T>, StoreError> {
        let request = self.client.get_item().table_name(&self.name).set_key(Some(key.attributes()));
        let answer = request.consistent_read(consistent).send().await;
        let item = answer.map_err(|error| self.error("GetItem", error))?.item;
        item.map(|item| self.decode(item)).transpose()
    }

    /// A put of `item` at `key`, to which a condition can be added; send it with [`Table::put_if`].
    ///
    /// # Errors
    /// [`StoreError::Item`] when `item` is not a map.
    pub fn put(&self, key: &Key, item: &impl Serialize) -> Result<PutItemFluentBuilder, StoreError> {
        let item = self.encode(key, item)?;
        Ok(self.client.put_item().table_name(&self.name).set_item(Some(item)))
    }

    /// Carries out a conditional put.
    ///
    /// # Errors
    /// [`StoreError`]; a condition that does not hold is not an error.
    pub async fn put_if(&self, put: PutItemFluentBuilder) -> Result<Outcome<()>, StoreError> {
        let put = put.return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match put.send().await {
            Ok(_) => Ok(Outcome::Done(())),
            Err(SdkError::ServiceError(error)) if error.err().is_conditional_check_failed_exception() => {
                let PutItemError::ConditionalCheckFailedException(refusal) = error.into_err() else {
                    return Ok(Outcome::Refused(None));
                };
                Ok(Outcome::Refused(refusal.item))
            }
            Err(error) => Err(self.error("PutItem", error)),
        }
    }

    /// Puts `item` at `key` unless an item is there already.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn put_new(&self, key: &Key, item: &impl Serialize) -> Result<Outcome<()>, StoreError> {
        self.put_if(self.put(key, item)?.condition_expression("attribute_not_exists(pk)")).await
    }

    /// Deletes the item at `key`, if there is one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn delete(&self, key: &Key) -> Result<(), StoreError> {
        let delete = self.client.delete_item().table_name(&self.name).set_key(Some(key.attributes()));
        delete.send().await.map(|_| ()).map_err(|error| self.error("DeleteItem", error))
    }

    /// Reads an item's attributes as a `T`.
    ///
    /// # Errors
    /// [`StoreError::Item`] when they are not those of a `T`.
    pub fn decode<T: DeserializeOwned>(&self, item: Item) -> Result<T, StoreError> {
        serde_dynamo::from_item(item).map_err(|source| self.item_error(source))
    }

    /// The attributes of `item`, with its key.
    ///
    /// # Errors
    /// [`StoreError::Item`] when `item` is not a map.
    pub fn encode(&self, key: &Key, item: &impl Serialize) -> Result<Item, StoreError> {
        let mut attributes: Item = serde_dynamo::to_item(item).map_err(|source| self.item_error(source))?;
        attributes.extend(key.attributes());
        Ok(attributes)
    }

    /// The attribute of `value`.
    ///
    /// # Errors
    /// [`StoreError::Item`] when `value` cannot be one.
    pub fn attribute(&self, value: &impl Serialize) -> Result<AttributeValue, StoreError> {
        serde_dynamo::to_attribute_value(value).map_err(|source| self.item_error(source))
    }

    fn item_error(&self, source: serde_dynamo::Error) -> StoreError {
        StoreError::Item { table: self.name.clone(), source }
    }

    pub(crate) fn error<E>(&self, operation: &'static str, error: SdkError<E>) -> StoreError
    where
        E: aws_sdk_dynamodb::error::ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    {
        StoreError::from_sdk(operation, &self.name, error)
    }
}
