//! What became of a refund that nobody knows: KakaoPay's order says how much of the payment was given back.

use billing_rules::refund::{AtKakaoPay, LookedUp};
use jiff::{SignedDuration, Timestamp};
use maru_lambda::logs;
use maru_store::{StoreError, text};
use serde::{Deserialize, Serialize};

use super::{ATTEMPTS, Refunder};
use crate::error::Error;
use crate::kakaopay::KakaoPayError;
use crate::store::{Due, SETTLE_REFUNDS, Store, payment_key, second};

/// How many payments one run looks at. There are few: each is a refund with a lost answer.
const LOOK: i32 = 25;

/// When KakaoPay is asked again about a refund that it did not tell about.
const AGAIN: SignedDuration = SignedDuration::from_mins(10);

/// After how many questions without an answer a run leaves the rest to the next one: each takes up to ten seconds.
const SILENT_AT_MOST: usize = 3;

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RefundsSettled {
    /// How many payments were looked up.
    looked_up: usize,
    /// Of how many KakaoPay did not tell.
    unknown: usize,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Open {
    member_id: String,
    order_id: String,
}

impl Refunder {
    /// Looks up the refunds that are to be settled now, the longest overdue first.
    ///
    /// # Errors
    /// [`Error`]: begin again.
    pub async fn settle_all(&self) -> Result<RefundsSettled, Error> {
        let (mut done, mut silent) = (RefundsSettled::default(), 0);
        for Open { member_id, order_id } in self.store.refunds_to_settle(self.store.now()).await? {
            done.looked_up += 1;
            if let Err(error) = self.look_up(&member_id, &order_id).await {
                tracing::warn!(order.id = order_id, error = logs::chain(&error), "a refund stays unknown");
                self.store.look_later(&member_id, &order_id).await?;
                done.unknown += 1;
                silent += usize::from(matches!(error, Error::KakaoPay(KakaoPayError::Unavailable(_))));
            }
            if silent == SILENT_AT_MOST {
                break;
            }
        }
        Ok(done)
    }

    /// Looks up the open refund of a payment and stores what that means, if there is one and it means something.
    pub(super) async fn look_up(&self, member: &str, order: &str) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let Some(payment) = self.store.payment(member, order).await? else { return Ok(()) };
            let (Some(_), Some(tid)) = (payment.rules.open(), &payment.tid) else { return Ok(()) };
            let seen = self.kakaopay.order(tid).await?;
            let seen = AtKakaoPay { canceled: seen.canceled, canceled_at: seen.canceled_at };
            let LookedUp::Store(step) = payment.rules.looked_up(seen, self.store.now()) else {
                return Ok(());
            };
            if self.commit(&payment, &step).await? {
                return Ok(());
            }
        }
        Err(Error::Restless)
    }
}

impl Store {
    /// The payments with a refund to be settled at `now`, the longest overdue first.
    async fn refunds_to_settle(&self, now: Timestamp) -> Result<Vec<Open>, StoreError> {
        let query = self
            .table()
            .query(SETTLE_REFUNDS)
            .index_name("byDue")
            .key_condition_expression("duePartition = :pk AND due <= :now")
            .expression_attribute_values(":now", text(second(now)))
            .limit(LOOK);
        self.table().query_page(query).await
    }

    /// Leaves a refund alone for a while, so that those behind it are looked at.
    async fn look_later(&self, member: &str, order: &str) -> Result<(), StoreError> {
        let Due { due_partition, due } = Due::settle_refund(self.now() + AGAIN);
        let update = self
            .table()
            .update(&payment_key(member, order))
            .update_expression("SET due = :due")
            .condition_expression("duePartition = :partition")
            .expression_attribute_values(":due", text(due))
            .expression_attribute_values(":partition", text(due_partition));
        // Refused when it is settled.
        self.table().update_if(update).await.map(|_| ())
    }
}
