//! The first payment was made: a subscription begins.

use aws_sdk_dynamodb::types::TransactWriteItem;
use billing_rules::subscription::{PRICE, Status, Subscription};
use jiff::Timestamp;
use maru_lambda::{day_in_seoul, new_id};
use maru_outbox::Posted;
use maru_store::text;

use super::{Steps, Subscribed};
use crate::accounting::Payment;
use crate::announcer::News;
use crate::error::Error;
use crate::store::{Due, opening_key, subscription_key};

/// A first payment that KakaoPay has made.
#[derive(Clone, Debug)]
pub struct Opening<'a> {
    /// Who paid.
    pub member: &'a str,
    /// For which order.
    pub order: &'a str,
    /// KakaoPay's id of the payment.
    pub tid: &'a str,
    /// The key to charge the member again, sealed; none when the answer that brought it was lost. Then the
    /// subscription ends with what was paid.
    pub sealed_sid: Option<String>,
    /// When it was made, by KakaoPay's clock.
    pub approved_at: Timestamp,
}

impl Steps {
    /// Begins a subscription, together with `order`, the write that marks the order as paid. `false` when that
    /// write's condition fails, or somebody else was faster: nothing is stored then. The account may be closed by
    /// now: the money has moved and is entered, and the erasure, which waits for that, ends the subscription.
    ///
    /// # Errors
    /// [`Error`]: it may be stored or not.
    pub async fn open(&self, opening: Opening<'_>, order: TransactWriteItem) -> Result<bool, Error> {
        let (now, member) = (self.store.now(), opening.member);
        let before = self.store.subscription(member).await?;
        let subscribed = begun(&opening, before.as_ref(), now);
        let Opening { order: order_id, tid, approved_at, .. } = opening;
        let period = subscribed.rules.period;
        let payment = Payment::new(member, order_id, Some(tid.to_owned()), PRICE, period, approved_at);
        let posted = [
            self.announcer.plan_changed(member, &subscribed.rules, now)?,
            self.announcer.news(format!("{order_id}-received"), member, &News::received(period), now)?,
        ];
        let put = self.store.table().transact_put(&subscription_key(member), &subscribed)?;
        // Only the order that is opening may begin one, and only where none is.
        let put = put
            .condition_expression("attribute_not_exists(pk) OR #status = :ended")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":ended", text("ended"));
        let delete = self
            .store
            .table()
            .transact_delete(&opening_key(member))
            .condition_expression("orderId = :order")
            .expression_attribute_values(":order", text(order_id));
        let mut parts =
            vec![order, self.store.table().part(put.build())?, self.store.table().part(delete.build())?];
        parts.extend(self.store.payment_parts(&payment)?);
        parts.extend(posted.iter().map(Posted::part));
        if self.store.table().transact(parts).await?.is_err() {
            return Ok(false);
        }
        self.announcer.send(posted.into()).await;
        Ok(true)
    }
}

/// The subscription as it begins. Its revision goes on from the one before it, so that whoever follows the plan
/// knows which is newer.
fn begun(opening: &Opening<'_>, before: Option<&Subscribed>, now: Timestamp) -> Subscribed {
    let mut rules = Subscription::bought(day_in_seoul(opening.approved_at), opening.approved_at);
    rules.revision = before.map_or(0, |before| before.rules.revision) + 1;
    if opening.sealed_sid.is_none() {
        rules.status = Status::Ending;
    }
    Subscribed {
        id: new_id("sub", now),
        member_id: opening.member.to_owned(),
        due: Some(Due::on(rules.period.end, opening.member)),
        rules,
        sealed_sid: opening.sealed_sid.clone(),
    }
}
