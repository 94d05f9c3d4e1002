//! What becomes of an order without money: the member gave it up, it failed on the page, or its time is over.

use std::time::Duration;

use maru_store::StoreError;

use super::{Order, State, Word};
use crate::store::Store;

/// How often a page looks what became of an order that another one is approving.
const LOOK: Duration = Duration::from_millis(250);

/// How often at most: a page that is loaded twice gives the same answer, unless KakaoPay takes longer than this.
const LOOKS: u32 = 32;

impl Store {
    /// Closes an order that is ready, in `state`. Gives what became of it: an order that was closed or paid before
    /// stays what it is.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn close(&self, order: &str, state: State) -> Result<Word, StoreError> {
        let Some(found) = self.order(order).await? else { return Ok(Word::Invalid) };
        if found.state == State::Ready {
            let closed = found.moved(state);
            if self.table().transact(vec![self.put_order_part(&closed)?]).await?.is_ok() {
                return Ok(Word::of(&closed));
            }
        }
        self.outcome(order).await
    }

    /// What became of an order, once nobody is approving it any more or the patience is over.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn outcome(&self, order: &str) -> Result<Word, StoreError> {
        let settled = self.waited_for(order).await?;
        Ok(settled.as_ref().map_or(Word::Invalid, Word::of))
    }

    /// What became of an order whose time is over.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn outcome_of_late(&self, order: &str) -> Result<Word, StoreError> {
        let order = self.order(order).await?;
        let tried = order.filter(|order| order.state != State::Ready);
        Ok(tried.as_ref().map_or(Word::Expired, Word::of))
    }

    /// An order, once nobody is approving it any more or the patience is over.
    pub(super) async fn waited_for(&self, order: &str) -> Result<Option<Order>, StoreError> {
        let mut found = self.order(order).await?;
        for _ in 0..LOOKS {
            if !matches!(&found, Some(Order { state: State::Approving { .. }, .. })) {
                break;
            }
            // Of real time: it is another function's work that is waited for.
            tokio::time::sleep(LOOK).await;
            found = self.order(order).await?;
        }
        Ok(found)
    }
}
