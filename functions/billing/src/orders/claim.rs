//! The claim: the one step after which money may move, and the way back from it.

use jiff::Timestamp;
use maru_store::{Item, StoreError, text};
use serde::{Deserialize, Serialize};

use super::{LEASE, Order, State};
use crate::store::{Store, opening_key, subscription_key};

/// What became of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The order is approving, and the member's slot is its own.
    Ours(Order),
    /// The order is not ready, or somebody else has just changed it.
    Stale,
    /// There is a subscription that is not over, or one that is over with a key that is not given up.
    Subscribed,
    /// Another order of the member has the slot.
    Busy {
        /// That one.
        order_id: String,
    },
    /// The member closed the account.
    Gone,
}

/// That an order has a member's slot.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Slot {
    order_id: String,
}

impl Store {
    /// Claims an order that is ready. Nothing is sent before this is stored, and of many who try one gets it.
    ///
    /// # Errors
    /// [`StoreError`]: it may be stored or not; nothing was sent.
    pub async fn claim(&self, order: &Order, now: Timestamp) -> Result<Claim, StoreError> {
        let claimed = order.moved(State::Approving { lease_until: now + LEASE });
        let slot = Slot { order_id: order.order_id.clone() };
        let over = self.table().transact_check(&subscription_key(&order.member_id));
        let over = over
            .condition_expression(
                "attribute_not_exists(sealedSid) AND (attribute_not_exists(pk) OR #status = :ended)",
            )
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":ended", text("ended"));
        let parts = vec![
            self.put_order_part(&claimed)?,
            self.table().part(over.build())?,
            self.new_part(&opening_key(&order.member_id), &slot)?,
            self.table().erasure(&order.member_id).not_begun()?,
        ];
        let Err(cancelled) = self.table().transact(parts).await? else { return Ok(Claim::Ours(claimed)) };
        if cancelled.failed_at(0) {
            return Ok(Claim::Stale);
        }
        if cancelled.failed_at(1) {
            return Ok(Claim::Subscribed);
        }
        Ok(match cancelled.failed.into_iter().nth(2).flatten() {
            Some(slot) => Claim::Busy { order_id: self.holder(slot)? },
            None => Claim::Gone,
        })
    }

    /// Gives the member's slot back, with the order in another state: no money moved for it. `false` when the
    /// order was changed meanwhile.
    ///
    /// # Errors
    /// [`StoreError`]: it may be stored or not.
    pub async fn release(
        &self,
        order: &Order,
        state: State,
        refusal: Option<i32>,
    ) -> Result<bool, StoreError> {
        let released = Order { refusal: refusal.or(order.refusal), ..order.moved(state) };
        let slot = self
            .table()
            .transact_delete(&opening_key(&order.member_id))
            .condition_expression("attribute_not_exists(pk) OR orderId = :order")
            .expression_attribute_values(":order", text(&order.order_id));
        let parts = vec![self.put_order_part(&released)?, self.table().part(slot.build())?];
        Ok(self.table().transact(parts).await?.is_ok())
    }

    /// The order that has a member's slot.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn opening(&self, member: &str) -> Result<Option<String>, StoreError> {
        let slot: Option<Slot> = self.table().get(&opening_key(member), true).await?;
        Ok(slot.map(|slot| slot.order_id))
    }

    fn holder(&self, slot: Item) -> Result<String, StoreError> {
        self.table().decode(slot).map(|slot: Slot| slot.order_id)
    }
}
