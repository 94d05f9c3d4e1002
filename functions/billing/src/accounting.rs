//! The ledger and the members' payments, as they are stored. Both are written by the transaction that moves a
//! charge or an order on, and an entry of the ledger never again.

use aws_sdk_dynamodb::types::TransactWriteItem;
use billing_rules::ledger::{Entry, LedgerError, Movement};
use billing_rules::periods::Period;
use billing_rules::refund::Paid;
use jiff::Timestamp;
use maru_lambda::day_in_seoul;
use maru_store::{Key, StoreError};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::store::{Due, Store, ledger_key, payment_key};

/// A payment of a member: what was paid for, and what of it was given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Payment {
    /// The order.
    pub order_id: String,
    /// Whose.
    pub member_id: String,
    /// KakaoPay's id of it; none when only the subscription's status told of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tid: Option<String>,
    /// How much, and what of it was given back.
    #[serde(flatten)]
    pub rules: Paid,
    /// What it pays for.
    pub period: Period,
    /// When it was paid, by KakaoPay's clock.
    pub paid_at: Timestamp,
    /// Where it is found, while a refund of it is not settled.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
}

impl Payment {
    /// A payment that was just made.
    #[must_use]
    pub fn new(
        member: &str,
        order: &str,
        tid: Option<String>,
        amount: i64,
        period: Period,
        paid_at: Timestamp,
    ) -> Self {
        Self {
            order_id: order.to_owned(),
            member_id: member.to_owned(),
            tid,
            rules: Paid::new(amount),
            period,
            paid_at,
            due: None,
        }
    }

    /// The movement of its money at `moment` of KakaoPay's clock.
    #[must_use]
    pub fn movement(&self, moment: Timestamp) -> Movement {
        Movement {
            order_id: self.order_id.clone(),
            tid: self.tid.clone(),
            day: day_in_seoul(moment),
            member_id: self.member_id.clone(),
        }
    }
}

impl Store {
    /// The writes of a payment that was just made: its entry in the ledger, and itself in the member's list. Their
    /// conditions fail when it was written before.
    ///
    /// # Errors
    /// [`Error::Ledger`], [`Error::Store`].
    pub fn payment_parts(&self, payment: &Payment) -> Result<Vec<TransactWriteItem>, Error> {
        let entry = Entry::charge(payment.movement(payment.paid_at), payment.rules.amount)?;
        let key = payment_key(&payment.member_id, &payment.order_id);
        Ok(vec![self.entry_part(&entry, &payment.order_id)?, self.new_part(&key, payment)?])
    }

    /// The write of an entry of the ledger, under this name; its condition fails when it was written before.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn entry_part(&self, entry: &Entry, name: &str) -> Result<TransactWriteItem, StoreError> {
        let Movement { order_id, day, .. } = entry.movement();
        self.new_part(&ledger_key(*day, order_id, name), entry)
    }

    /// The put of an item that is not there yet.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn new_part(&self, key: &Key, item: &impl Serialize) -> Result<TransactWriteItem, StoreError> {
        let put = self.table().transact_put(key, item)?;
        self.table().part(put.condition_expression("attribute_not_exists(pk)").build())
    }

    /// A payment of a member.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn payment(&self, member: &str, order: &str) -> Result<Option<Payment>, StoreError> {
        self.table().get(&payment_key(member, order), true).await
    }
}

impl From<LedgerError> for Error {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}
