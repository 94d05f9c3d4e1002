//! A step of the rules becomes one transaction: the payment, the ledger, and what the member is told.

use aws_sdk_dynamodb::types::TransactWriteItem;
use billing_rules::ledger::Entry;
use billing_rules::refund::{Effect, Paid, Refund, Step};
use maru_outbox::Posted;
use maru_store::{StoreError, integer};

use super::Refunder;
use crate::accounting::Payment;
use crate::announcer::News;
use crate::differences::{Difference, DifferenceKind};
use crate::error::Error;
use crate::store::{Due, Store, payment_key};

impl Refunder {
    /// Stores that a refund of `before` is sent. `false` when the payment was changed since it was read.
    pub(super) async fn begin(&self, before: &Payment, step: &Step) -> Result<bool, Error> {
        let parts = vec![
            self.store.put_payment_part(&next(before, &step.paid))?,
            // An erasure waits for the refunds that are open, and for no other.
            self.store.table().erasure(&before.member_id).not_begun()?,
        ];
        match self.store.table().transact(parts).await? {
            Ok(()) => Ok(true),
            // What a member who left has paid is about to be erased.
            Err(cancelled) if cancelled.failed_at(1) => Err(Error::NotFound),
            Err(_) => Ok(false),
        }
    }

    /// Stores `step`, which was decided from `before`, with all that follows. `false` when the payment was changed
    /// since it was read; nothing is stored then.
    pub(super) async fn commit(&self, before: &Payment, step: &Step) -> Result<bool, Error> {
        let payment = next(before, &step.paid);
        let mut parts = vec![self.store.put_payment_part(&payment)?];
        let mut posted = Vec::new();
        if let Some(Effect::GivenBack { refund_id, amount, at }) = &step.effect {
            let entry = Entry::refund(payment.movement(*at), *amount)?;
            parts.push(self.store.entry_part(&entry, &format!("{}#{refund_id}", payment.order_id))?);
            posted.push(self.told(&payment, refund_id, *amount)?);
        }
        parts.extend(posted.iter().map(Posted::part));
        if self.store.table().transact(parts).await?.is_err() {
            return Ok(false);
        }
        self.announcer.send(posted).await;
        if let Some(Effect::Disagrees { canceled }) = &step.effect {
            self.disagrees(&payment, *canceled).await?;
        }
        Ok(true)
    }

    fn told(&self, payment: &Payment, refund: &str, amount: i64) -> Result<Posted, Error> {
        let news = News::PaymentRefunded { amount };
        let now = self.store.now();
        Ok(self.announcer.news(format!("{refund}-refunded"), &payment.member_id, &news, now)?)
    }

    async fn disagrees(&self, payment: &Payment, canceled: i64) -> Result<(), Error> {
        let difference = Difference {
            order_id: payment.order_id.clone(),
            member_id: payment.member_id.clone(),
            tid: payment.tid.clone(),
            kind: DifferenceKind::Amount,
            ours: payment.rules.left(),
            theirs: Some(payment.rules.amount - canceled),
            found_at: self.store.now(),
        };
        Ok(self.store.differs(&difference).await?)
    }
}

impl Store {
    /// The put of a payment, if the one before it is there.
    fn put_payment_part(&self, payment: &Payment) -> Result<TransactWriteItem, StoreError> {
        let put = self
            .table()
            .transact_put(&payment_key(&payment.member_id, &payment.order_id), payment)?
            .condition_expression("revision = :before")
            .expression_attribute_values(":before", integer(payment.rules.revision - 1));
        self.table().part(put.build())
    }
}

/// The payment as it is stored with `rules`.
fn next(before: &Payment, rules: &Paid) -> Payment {
    let due = rules.open().and_then(Refund::look_up_at).map(Due::settle_refund);
    Payment { rules: rules.clone(), due, ..before.clone() }
}
