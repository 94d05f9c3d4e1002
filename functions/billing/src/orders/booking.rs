//! KakaoPay has the money: the order becomes paid, and the subscription begins.

use jiff::Timestamp;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, logs};

use super::{Order, State};
use crate::differences::{Difference, DifferenceKind};
use crate::error::Error;
use crate::kakaopay;
use crate::store::Store;
use crate::subscriptions::{Opening, Steps};

/// How often it is tried: what is not booked now is found again, but without the key for the charges to come.
const ATTEMPTS: usize = 4;

/// Books first payments.
#[derive(Clone, Debug)]
pub struct Booker {
    store: Store,
    steps: Steps,
}

impl FromEnvironment for Booker {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let (store, steps) = <(Store, Steps)>::from_environment(environment)?;
        Ok(Self { store, steps })
    }
}

impl Booker {
    /// Books that `order` was paid at `approved_at` of KakaoPay's clock. `false` when no subscription could begin
    /// with it, which is kept as a difference: nothing that was paid is forgotten.
    ///
    /// # Errors
    /// [`Error`]: it may be booked or not; the order is still found by whoever settles.
    pub async fn book(
        &self,
        order: &Order,
        sealed_sid: Option<String>,
        approved_at: Timestamp,
    ) -> Result<bool, Error> {
        let mut order = order.clone();
        for attempt in 1..=ATTEMPTS {
            let Order { member_id: member, order_id, tid, .. } = &order;
            let opening =
                Opening { member, order: order_id, tid, sealed_sid: sealed_sid.clone(), approved_at };
            let paid = self.store.put_order_part(&order.moved(State::Paid))?;
            let refused = match self.steps.open(opening, paid).await {
                Ok(true) => return Ok(true),
                Ok(false) => true,
                Err(error) if attempt == ATTEMPTS => return Err(error),
                Err(error) => {
                    tracing::warn!(
                        order.id = order_id,
                        error = logs::chain(&error),
                        "booking is tried again"
                    );
                    false
                }
            };
            let Some(now) = self.store.order(order_id).await? else { break };
            match now.state {
                State::Paid => return Ok(true),
                // Somebody else has begun to settle it: what KakaoPay said stays true.
                State::Approving { .. } | State::Unknown { .. } if now.epoch != order.epoch => order = now,
                _ if refused => break,
                _ => {}
            }
        }
        self.differs(&order, DifferenceKind::NotBooked, order.amount).await?;
        Ok(false)
    }

    /// Books an order that KakaoPay has as paid at `approved_at`, if it is the same to them as to us.
    ///
    /// # Errors
    /// As [`Booker::book`].
    pub async fn book_seen(
        &self,
        order: &Order,
        seen: &kakaopay::Order,
        approved_at: Timestamp,
    ) -> Result<bool, Error> {
        let kind = if seen.order_id != order.order_id || seen.member_id != order.member_id {
            DifferenceKind::Stranger
        } else if seen.amount != order.amount {
            DifferenceKind::Amount
        } else {
            return self.book(order, None, approved_at).await;
        };
        self.differs(order, kind, seen.amount).await?;
        Ok(false)
    }

    async fn differs(&self, order: &Order, kind: DifferenceKind, theirs: i64) -> Result<(), Error> {
        let difference = Difference {
            order_id: order.order_id.clone(),
            member_id: order.member_id.clone(),
            tid: Some(order.tid.clone()),
            kind,
            ours: 0,
            theirs: Some(theirs),
            found_at: self.store.now(),
        };
        Ok(self.store.differs(&difference).await?)
    }
}
