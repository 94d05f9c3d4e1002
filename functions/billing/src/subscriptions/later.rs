//! Small changes that are no steps of the rules: who waits for a charge, and that a key is given up.

use jiff::civil::Date;
use maru_store::{StoreError, integer, text};

use super::{Account, Subscribed};
use crate::error::Error;
use crate::store::{Store, subscription_key};

impl Store {
    /// Notes that `night` waits for the charge that is under way.
    ///
    /// # Errors
    /// [`Error::Restless`] when the charge went on meanwhile: look again what became of it.
    pub async fn wait_for(&self, account: &Account, night: Date) -> Result<(), Error> {
        let Account { subscription, charge } = account;
        if charge.nights.contains(&night) {
            return Ok(());
        }
        let update = self
            .table()
            .update(&charge.key(&subscription.id))
            .update_expression("SET nights = list_append(nights, :night)")
            .condition_expression("epoch = :seen AND NOT contains(nights, :day)")
            .expression_attribute_values(":night", self.table().attribute(&[night])?)
            .expression_attribute_values(":day", self.table().attribute(&night)?)
            .expression_attribute_values(":seen", integer(charge.rules.epoch));
        self.table().update_if(update).await?.done().map(|_| ()).ok_or(Error::Restless)
    }

    /// Forgets the key of a subscription that is over and was given up at KakaoPay.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn forget_sid(&self, subscription: &Subscribed) -> Result<(), StoreError> {
        let update = self
            .table()
            .update(&subscription_key(&subscription.member_id))
            .update_expression("REMOVE sealedSid, duePartition, due")
            .condition_expression("id = :id AND revision = :seen")
            .expression_attribute_values(":id", text(&subscription.id))
            .expression_attribute_values(":seen", integer(subscription.rules.revision));
        self.table().update_if(update).await.map(|_| ())
    }
}
