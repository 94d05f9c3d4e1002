//! Orders whose approval nobody knows the end of: KakaoPay is asked until it says what became of the money.

use billing_rules::charge::SETTLING;
use jiff::{SignedDuration, Timestamp};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, logs};
use maru_store::{StoreError, text};
use serde::{Deserialize, Serialize};

use super::booking::Booker;
use super::sight::Sight;
use super::{Order, State};
use crate::error::Error;
use crate::kakaopay::{KakaoPay, KakaoPayError};
use crate::store::{SETTLE_ORDERS, Store, second};

/// How many orders one run looks at. There are few: each is an approval with a lost answer.
const LOOK: i32 = 50;

/// When KakaoPay is asked again.
const AGAIN: SignedDuration = SignedDuration::from_mins(1);

/// When something that somebody has to look at is looked at again.
const MUCH_LATER: SignedDuration = SignedDuration::from_hours(1);

/// After how many questions without an answer a run leaves the rest to the next one: each takes up to ten seconds.
const SILENT_AT_MOST: usize = 3;

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OrdersSettled {
    /// Orders that were paid.
    paid: usize,
    /// Orders that were not, and never will be.
    failed: usize,
    /// Orders of which nobody knows yet.
    unknown: usize,
}

/// Settles orders.
#[derive(Clone, Debug)]
pub struct Settler {
    store: Store,
    booker: Booker,
    kakaopay: KakaoPay,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Open {
    order_id: String,
}

/// What one look at an order gave.
enum Settled {
    Paid,
    Failed,
    /// Not known yet; look again after this long.
    Unknown(SignedDuration),
}

impl FromEnvironment for Settler {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let (store, booker, kakaopay) = <(Store, Booker, KakaoPay)>::from_environment(environment)?;
        Ok(Self { store, booker, kakaopay })
    }
}

impl Settler {
    /// Looks at the orders that are to be settled now, the longest overdue first.
    ///
    /// # Errors
    /// [`Error`]: begin again.
    pub async fn settle_all(&self) -> Result<OrdersSettled, Error> {
        let (mut done, mut silent) = (OrdersSettled::default(), 0);
        for id in self.store.orders_to_settle(self.store.now()).await? {
            let Some(order) = self.store.order(&id).await? else { continue };
            let Some((order, since)) = self.unknown(order).await? else { continue };
            let settled = match self.kakaopay.order(&order.tid).await {
                Ok(seen) => self.judge(&order, &seen, since).await?,
                Err(error) => {
                    tracing::warn!(order.id = id, error = logs::chain(&error), "an order stays unknown");
                    silent += usize::from(matches!(error, KakaoPayError::Unavailable(_)));
                    Settled::Unknown(AGAIN)
                }
            };
            match settled {
                Settled::Paid => done.paid += 1,
                Settled::Failed => done.failed += 1,
                Settled::Unknown(again) => {
                    self.store.look_again(&order, since, again).await?;
                    done.unknown += 1;
                }
            }
            if silent == SILENT_AT_MOST {
                break;
            }
        }
        Ok(done)
    }

    /// The order as one that is unknown, and since when; `None` when there is nothing to settle now.
    async fn unknown(&self, order: Order) -> Result<Option<(Order, Timestamp)>, StoreError> {
        let now = self.store.now();
        match order.state {
            State::Unknown { since, .. } => Ok(Some((order, since))),
            // Whoever claimed it has died, and may have asked KakaoPay before.
            State::Approving { lease_until } if lease_until <= now => {
                let unknown = order.moved(State::Unknown { since: now, look_at: now });
                let parts = vec![self.store.put_order_part(&unknown)?];
                Ok(self.store.table().transact(parts).await?.is_ok().then_some((unknown, now)))
            }
            State::Approving { .. } | State::Ready | State::Paid | State::Cancelled | State::Failed => {
                Ok(None)
            }
        }
    }

    /// What `seen` means for an order that is unknown since `since`. That no money has moved is believed when no
    /// request can be under way any more.
    async fn judge(
        &self,
        order: &Order,
        seen: &crate::kakaopay::Order,
        since: Timestamp,
    ) -> Result<Settled, Error> {
        let is_over = match Sight::of(seen) {
            Sight::Paid(at) => {
                let booked = self.booker.book_seen(order, seen, at).await?;
                return Ok(if booked { Settled::Paid } else { Settled::Unknown(MUCH_LATER) });
            }
            Sight::Never => true,
            Sight::NotYet => self.store.now() >= since + SETTLING,
            Sight::Unclear => false,
        };
        if is_over && self.store.release(order, State::Failed, None).await? {
            tracing::info!(order.id = order.order_id, "settled: no money moved");
            return Ok(Settled::Failed);
        }
        Ok(Settled::Unknown(AGAIN))
    }
}

impl Store {
    /// The orders to be settled at `now`, the longest overdue first.
    async fn orders_to_settle(&self, now: Timestamp) -> Result<Vec<String>, StoreError> {
        let query = self
            .table()
            .query(SETTLE_ORDERS)
            .index_name("byDue")
            .key_condition_expression("duePartition = :pk AND due <= :now")
            .expression_attribute_values(":now", text(second(now)))
            .limit(LOOK);
        let found: Vec<Open> = self.table().query_page(query).await?;
        Ok(found.into_iter().map(|open| open.order_id).collect())
    }

    /// Lets an order that stays unknown be found again. Somebody who was faster is right.
    async fn look_again(
        &self,
        order: &Order,
        since: Timestamp,
        after: SignedDuration,
    ) -> Result<(), StoreError> {
        let later = order.moved(State::Unknown { since, look_at: self.now() + after });
        let _ = self.table().transact(vec![self.put_order_part(&later)?]).await?;
        Ok(())
    }
}
