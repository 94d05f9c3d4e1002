//! Taking what is good once: of many who come at the same moment, one gets it.

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use maru_lambda::new_id;
use maru_store::{Key, Outcome, StoreError, integer, text};
use serde::de::DeserializeOwned;

use crate::store::Store;

impl Store {
    /// Takes what lies at `key`, if it is not over, was not taken before, and has these attributes: those that
    /// say to whom it belongs.
    ///
    /// Whoever takes it leaves a mark of their own: the database's client repeats a write whose answer was
    /// lost, and then meets its own first one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) async fn take_once<T: DeserializeOwned>(
        &self,
        key: &Key,
        belongs: Vec<(&'static str, AttributeValue)>,
        now: Timestamp,
    ) -> Result<Option<T>, StoreError> {
        let (table, mark) = (self.table(), text(new_id("tkn", now)));
        let good = "attribute_exists(pk) AND attribute_not_exists(takenAt) AND expiresAt > :now";
        let mut conditions = vec![good.to_owned()];
        let mut update = table
            .update(key)
            .update_expression("SET takenAt = :now, takenBy = :mark")
            .expression_attribute_values(":now", integer(now.as_second()))
            .expression_attribute_values(":mark", mark.clone());
        for (name, value) in belongs {
            conditions.push(format!("{name} = :{name}"));
            update = update.expression_attribute_values(format!(":{name}"), value);
        }
        match table.update_if(update.condition_expression(conditions.join(" AND "))).await? {
            Outcome::Done(item) => table.decode(item).map(Some),
            Outcome::Refused(Some(item)) if item.get("takenBy") == Some(&mark) => {
                table.decode(item).map(Some)
            }
            Outcome::Refused(_) => Ok(None),
        }
    }
}
