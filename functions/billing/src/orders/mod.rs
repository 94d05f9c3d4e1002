//! Orders: each is one visit to KakaoPay's payment page, for the first month of a subscription.
//!
//! ```text
//!            ┌── refused ──┐
//!            ▼             │
//! ready ──▶ (claim) ──▶ approving ──▶ paid
//!   │                      │            ▲
//!   ▼                      ▼            │
//! cancelled, failed ◀── unknown ────────┘
//! ```
//!
//! Money moves only for an order that is approving, and a member has one of those at a time, while there is no
//! subscription: the claim takes the slot (`OPENING`) before KakaoPay is asked. So whoever pays in two tabs pays
//! once. Who claimed and died is found after [`LEASE`]; what KakaoPay made of it is looked up by the `tid`, which
//! is known since before the member paid.

mod approval;
mod booking;
mod checkout;
mod claim;
mod closing;
mod pages;
mod settling;
mod sight;
mod word;

pub use approval::Approvals;
pub use checkout::Checkouts;
pub use pages::{Arrived, Pages, Return};
pub use settling::{OrdersSettled, Settler};
pub use word::Word;

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::{SignedDuration, Timestamp};
use maru_lambda::day_in_seoul;
use maru_store::{StoreError, integer};
use serde::{Deserialize, Serialize};

use crate::kakaopay::Sale;
use crate::sale::ITEM;
use crate::store::{Due, Store, expires_at, order_key};

/// How long an order belongs to the function that claimed it: longer than that one may live (its Lambda's
/// time-out, 29 seconds).
const LEASE: SignedDuration = SignedDuration::from_secs(60);

/// An order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    /// Names it, `ord_…`, here and at KakaoPay.
    pub order_id: String,
    /// Who pays.
    pub member_id: String,
    /// What the first month costs, in KRW.
    pub amount: i64,
    /// KakaoPay's id of the payment.
    pub tid: String,
    /// The payment page, for a browser on a computer.
    pub page: String,
    /// The payment page, for a browser on a telephone.
    pub mobile_page: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it can be paid.
    pub payable_until: Timestamp,
    /// Where it stands.
    #[serde(flatten)]
    pub state: State,
    /// The code with which KakaoPay last refused to approve it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<i32>,
    /// How often it was changed. It is stored under the condition that the one before is there.
    pub epoch: u64,
}

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum State {
    /// The member may pay; no money has moved.
    Ready,
    /// KakaoPay is being asked to move the money.
    Approving {
        /// Until when whoever asks may be alive.
        lease_until: Timestamp,
    },
    /// Nobody knows whether the money moved.
    Unknown {
        /// Since when: whoever asked was dead by then, or had given up.
        since: Timestamp,
        /// When KakaoPay is asked about it next.
        look_at: Timestamp,
    },
    /// The money moved, and the subscription has begun. Nothing follows.
    Paid,
    /// The member changed their mind. Nothing follows.
    Cancelled,
    /// No money moved, and none will. Nothing follows.
    Failed,
}

/// An order as an item: with its place in the index, and when it may be deleted.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    #[serde(flatten)]
    order: &'a Order,
    #[serde(flatten)]
    due: Option<Due>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<i64>,
}

impl Order {
    /// The order in another state.
    fn moved(&self, state: State) -> Self {
        Self { state, epoch: self.epoch + 1, ..self.clone() }
    }

    /// What KakaoPay is told that the member pays for.
    fn sale(&self) -> Sale<'_> {
        Sale { order_id: &self.order_id, member_id: &self.member_id, item_name: ITEM, amount: self.amount }
    }

    /// What is stored of it. Unless it is being settled it is there for reconciliation to look whether KakaoPay
    /// has it as paid after all; what is paid or being settled is never deleted.
    fn row(&self) -> Row<'_> {
        let check = Due::check(day_in_seoul(self.created_at), &self.order_id);
        let (due, kept) = match self.state {
            State::Ready | State::Cancelled | State::Failed => (Some(check), false),
            State::Approving { lease_until } => (Some(Due::settle_order(lease_until)), true),
            State::Unknown { look_at, .. } => (Some(Due::settle_order(look_at)), true),
            State::Paid => (None, true),
        };
        Row { order: self, due, expires_at: (!kept).then(|| expires_at(self.created_at)) }
    }
}

impl Store {
    /// An order.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn order(&self, id: &str) -> Result<Option<Order>, StoreError> {
        self.table().get(&order_key(id), true).await
    }

    /// The put of an order, if the one before it is there.
    fn put_order_part(&self, order: &Order) -> Result<TransactWriteItem, StoreError> {
        let put = self
            .table()
            .transact_put(&order_key(&order.order_id), &order.row())?
            .condition_expression("epoch = :before")
            .expression_attribute_values(":before", integer(order.epoch - 1));
        self.table().part(put.build())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(state: State) -> Order {
        let created_at: Timestamp = "2027-01-30T15:00:00Z".parse().unwrap();
        Order {
            order_id: "ord_1".to_owned(),
            member_id: "usr_1".to_owned(),
            amount: 19_900,
            tid: "T1".to_owned(),
            page: String::new(),
            mobile_page: String::new(),
            created_at,
            payable_until: created_at,
            state,
            refusal: None,
            epoch: 1,
        }
    }

    #[test]
    fn an_order_is_found_by_who_has_to_look_at_it_and_deleted_only_if_no_money_moved() {
        let at: Timestamp = "2027-01-30T15:01:00Z".parse().unwrap();
        for (state, partition, is_deleted) in [
            (State::Ready, Some("CHECK#2027-01-31"), true),
            (State::Cancelled, Some("CHECK#2027-01-31"), true),
            (State::Failed, Some("CHECK#2027-01-31"), true),
            (State::Approving { lease_until: at }, Some("SETTLE_ORDERS"), false),
            (State::Unknown { since: at, look_at: at }, Some("SETTLE_ORDERS"), false),
            (State::Paid, None, false),
        ] {
            let order = order(state);
            let item = serde_json::to_value(order.row()).unwrap();
            assert_eq!(item["duePartition"].as_str(), partition, "{state:?}");
            assert_eq!(item["expiresAt"].is_i64(), is_deleted, "{state:?}");
            assert_eq!(serde_json::from_value::<Order>(item).unwrap(), order);
        }
    }
}
