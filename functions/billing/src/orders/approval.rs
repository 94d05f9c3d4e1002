//! The member has paid on KakaoPay's page: the payment is approved, which is what moves the money.

use billing_rules::answer::{Answer, Meaning};
use billing_rules::subscription::PRICE;
use jiff::{SignedDuration, Timestamp};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, logs};
use maru_vault::Vault;

use super::booking::Booker;
use super::claim::Claim;
use super::sight::Sight;
use super::{Order, State, Word};
use crate::error::Error;
use crate::kakaopay::{KakaoPay, Outcome, Payment, Refusal, Sid};
use crate::store::Store;
use crate::subscriptions::sid_context;

/// How long after its answer was lost KakaoPay is asked about an order for the second time.
const AGAIN: SignedDuration = SignedDuration::from_mins(1);

/// Approves orders.
#[derive(Clone, Debug)]
pub struct Approvals {
    store: Store,
    booker: Booker,
    kakaopay: KakaoPay,
    vault: Vault,
}

impl FromEnvironment for Approvals {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let (store, booker) = <(Store, Booker)>::from_environment(environment)?;
        let (kakaopay, vault) = <(KakaoPay, Vault)>::from_environment(environment)?;
        Ok(Self { store, booker, kakaopay, vault })
    }
}

impl Approvals {
    /// Approves an order that is ready, with the token that KakaoPay's page gave for it; gives what became of it.
    /// One that was approved, given up or refused before stays what it is.
    ///
    /// # Errors
    /// [`Error`], before anything is sent. What fails after that is a word: it is found out by `cron_settle_orders`.
    pub async fn approve(&self, id: &str, pg_token: &str) -> Result<Word, Error> {
        let Some(order) = self.store.order(id).await? else { return Ok(Word::Invalid) };
        if order.state != State::Ready {
            return Ok(self.store.outcome(id).await?);
        }
        if order.amount != PRICE {
            // The price has changed since the member saw it.
            return Ok(self.store.close(id, State::Failed).await?);
        }
        match self.store.claim(&order, self.store.now()).await? {
            Claim::Ours(order) => Ok(Box::pin(self.carry_out(&order, pg_token)).await),
            Claim::Stale => Ok(self.store.outcome(id).await?),
            Claim::Subscribed => Ok(Word::AlreadySubscribed),
            Claim::Busy { order_id } => self.behind(&order_id).await,
            Claim::Gone => Ok(Word::Invalid),
        }
    }

    /// What is said to whoever pays a second order while the first is being approved.
    async fn behind(&self, first: &str) -> Result<Word, Error> {
        Ok(match self.store.outcome(first).await? {
            Word::Paid => Word::AlreadySubscribed,
            Word::Unknown => Word::Unknown,
            // The slot is free again, and this order as good as before.
            _ => Word::Failed,
        })
    }

    /// Asks KakaoPay, once. What goes wrong from here on is looked up by whoever settles.
    async fn carry_out(&self, order: &Order, pg_token: &str) -> Word {
        let heard = match self.kakaopay.approve(&order.sale(), &order.tid, pg_token).await {
            Outcome::Approved(payment) => self.approved(order, payment).await,
            Outcome::Refused(refusal) => self.refused(order, &refusal).await,
            Outcome::NotSent(error) => {
                tracing::warn!(order.id = order.order_id, error = logs::chain(&*error), "not sent");
                self.give_back(order, None, Word::Failed).await
            }
            Outcome::Lost(error) => {
                tracing::warn!(order.id = order.order_id, error = logs::chain(&*error), "the answer is lost");
                self.look_up(order).await
            }
        };
        heard.unwrap_or_else(|error| {
            tracing::error!(order.id = order.order_id, error = logs::chain(&error), "left to be settled");
            Word::Unknown
        })
    }

    async fn approved(&self, order: &Order, payment: Payment) -> Result<Word, Error> {
        let sealed = self.seal(order, payment.sid.as_ref()).await;
        let booked = self.booker.book(order, sealed, payment.approved_at).await?;
        if !booked {
            self.give_up(payment.sid.as_ref()).await;
        }
        Ok(if booked { Word::Paid } else { Word::Unknown })
    }

    async fn refused(&self, order: &Order, refusal: &Refusal) -> Result<Word, Error> {
        let Refusal { status, code, reason } = refusal;
        tracing::info!(order.id = order.order_id, code, reason, "refused");
        match (Answer::Refused { status: *status, code: Some(*code) }).meaning() {
            Meaning::NotMoved(_) => self.give_back(order, Some(*code), Word::of_refusal(*code)).await,
            Meaning::Doubtful | Meaning::Moved(..) => self.look_up(order).await,
        }
    }

    /// No money moved: the order is ready again, so that a token that was wrong has changed nothing.
    async fn give_back(&self, order: &Order, refusal: Option<i32>, word: Word) -> Result<Word, Error> {
        self.store.release(order, State::Ready, refusal).await?;
        Ok(word)
    }

    /// Whether the money moved is not known: KakaoPay is asked at once. If that does not tell, it is asked again by
    /// whoever settles.
    async fn look_up(&self, order: &Order) -> Result<Word, Error> {
        match self.kakaopay.order(&order.tid).await {
            Ok(seen) => match Sight::of(&seen) {
                Sight::Paid(at) if self.booker.book_seen(order, &seen, at).await? => return Ok(Word::Paid),
                Sight::Never => {
                    let word = order.refusal.map_or(Word::Failed, Word::of_refusal);
                    return self.give_back(order, None, word).await;
                }
                Sight::Paid(_) | Sight::NotYet | Sight::Unclear => {}
            },
            Err(error) => {
                tracing::warn!(order.id = order.order_id, error = logs::chain(&error), "not found out");
            }
        }
        let since: Timestamp = self.store.now();
        let unknown = order.moved(State::Unknown { since, look_at: since + AGAIN });
        // Stale when whoever settles was faster.
        let _ = self.store.table().transact(vec![self.store.put_order_part(&unknown)?]).await?;
        Ok(Word::Unknown)
    }

    /// The key for the charges to come, sealed. Without it the subscription ends with what was paid: the member has
    /// paid and gets the month, whatever fails here.
    async fn seal(&self, order: &Order, sid: Option<&Sid>) -> Option<String> {
        let sid = sid?;
        for _ in 0..2 {
            match self.vault.seal(&sid_context(&order.member_id), sid.as_str().as_bytes()).await {
                Ok(sealed) => return Some(sealed),
                Err(error) => {
                    tracing::error!(
                        order.id = order.order_id,
                        error = logs::chain(&error),
                        "a key is not sealed"
                    );
                }
            }
        }
        self.give_up(Some(sid)).await;
        None
    }

    /// Ends a key that nobody will have: it charges nobody, but the member would see it at KakaoPay.
    async fn give_up(&self, sid: Option<&Sid>) {
        let Some(sid) = sid else { return };
        if let Err(error) = self.kakaopay.inactivate(sid).await {
            tracing::warn!(error = logs::chain(&error), "a key that nobody has was not given up");
        }
    }
}
