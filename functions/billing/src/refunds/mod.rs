//! Refunds: an admin gives a payment back, or a part of it.
//!
//! What may follow what is said by `billing_rules::refund`. A refund is stored with the payment before its request
//! leaves, so that it is never sent twice; what became of one that nobody knows is looked up at KakaoPay, at once and
//! by `cron_settle_refunds`. A refund ends no subscription: what was paid back is a matter between people.

mod settle;
mod step;

pub use settle::RefundsSettled;

use billing_rules::refund::{Answer, Ask, Asked, Heard, NotMade, Refund, State};
use maru_lambda::{BoxError, ConfigurationError, Environment, FromEnvironment, logs};

use crate::accounting::Payment;
use crate::announcer::Announcer;
use crate::differences::{Difference, DifferenceKind};
use crate::error::Error;
use crate::kakaopay::{self, KakaoPay, Outcome};
use crate::store::Store;

/// How often it is tried against others that change the same payment.
const ATTEMPTS: usize = 8;

/// Gives payments back.
#[derive(Clone, Debug)]
pub struct Refunder {
    store: Store,
    announcer: Announcer,
    kakaopay: KakaoPay,
}

impl FromEnvironment for Refunder {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let (store, announcer, kakaopay) = <(Store, Announcer, KakaoPay)>::from_environment(environment)?;
        Ok(Self { store, announcer, kakaopay })
    }
}

impl Refunder {
    /// The store, for what answers are kept in.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Gives back what is asked for of a member's payment; gives the refund as it stands then, made or unknown. Asked
    /// for again under the same id it says what became of it, and sends what is known to have never left.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::NoTid`], [`Error::RefundTooLarge`], [`Error::RefundUnsettled`],
    /// [`Error::TooManyRefunds`]; [`Error::RefundRefused`], [`Error::RefundNotMade`],
    /// [`Error::NotReached`] when no money went back; else ask again under the same id.
    pub async fn refund(&self, member: &str, order: &str, asked: &Asked<'_>) -> Result<Refund, Error> {
        for _ in 0..ATTEMPTS {
            let payment = self.store.payment(member, order).await?.ok_or(Error::NotFound)?;
            let tid = payment.tid.as_deref().ok_or(Error::NoTid)?;
            match payment.rules.ask(asked, self.store.now()) {
                Ask::Known(refund) => return made_or_open(refund, None),
                Ask::Unsettled => return Err(Error::RefundUnsettled),
                Ask::TooLarge { left } => return Err(Error::RefundTooLarge { left }),
                Ask::TooMany => return Err(Error::TooManyRefunds),
                Ask::Send(step, refund) => {
                    if self.begin(&payment, &step).await? {
                        return self.send(&payment, tid, &refund).await;
                    }
                }
            }
        }
        Err(Error::Restless)
    }

    /// Sends the request of a refund that is stored, once, and stores what comes of it.
    async fn send(&self, payment: &Payment, tid: &str, refund: &Refund) -> Result<Refund, Error> {
        let request = kakaopay::Refund { tid, amount: refund.amount, left: payment.rules.left() };
        let (answer, not_sent) = heard(&refund.id, self.kakaopay.cancel(&request).await);
        self.hear(payment, refund, &answer).await?;
        let (member, order) = (payment.member_id.as_str(), payment.order_id.as_str());
        if matches!(answer, Answer::Refused(_) | Answer::Lost)
            && let Err(error) = self.look_up(member, order).await
        {
            tracing::warn!(refund.id = refund.id, error = logs::chain(&error), "a refund stays unknown");
        }
        let payment = self.store.payment(member, order).await?.ok_or(Error::NotFound)?;
        let refund = payment.rules.refund(&refund.id).cloned().ok_or(Error::NotFound)?;
        made_or_open(refund, not_sent)
    }

    /// Stores what an answer means. What it says stays true, whatever others have changed meanwhile.
    async fn hear(&self, sent: &Payment, refund: &Refund, answer: &Answer) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let Some(payment) = self.store.payment(&sent.member_id, &sent.order_id).await? else { break };
            match payment.rules.answered(&refund.id, answer, self.store.now()) {
                Heard::Known => return Ok(()),
                Heard::Astray => break,
                Heard::Store(step) => {
                    if self.commit(&payment, &step).await? {
                        return Ok(());
                    }
                }
            }
        }
        if !matches!(answer, Answer::Made(_)) {
            return Err(Error::Restless);
        }
        let difference = Difference {
            order_id: sent.order_id.clone(),
            member_id: sent.member_id.clone(),
            tid: sent.tid.clone(),
            kind: DifferenceKind::Astray,
            ours: sent.rules.left(),
            theirs: Some(sent.rules.left() - refund.amount),
            found_at: self.store.now(),
        };
        Ok(self.store.differs(&difference).await?)
    }
}

/// What an outcome says to the rules; and why nothing was sent, if so.
fn heard(refund: &str, outcome: Outcome<kakaopay::Cancellation>) -> (Answer, Option<BoxError>) {
    match outcome {
        Outcome::Approved(cancellation) => (Answer::Made(cancellation.canceled_at), None),
        Outcome::Refused(refusal) => {
            tracing::info!(refund.id = refund, code = refusal.code, reason = refusal.reason, "refused");
            (Answer::Refused(refusal.code), None)
        }
        Outcome::NotSent(error) => (Answer::NotSent, Some(error)),
        Outcome::Lost(error) => {
            tracing::warn!(refund.id = refund, error = logs::chain(&*error), "the answer is lost");
            (Answer::Lost, None)
        }
    }
}

/// A refund that is made, or may be yet; an error for one that is not.
fn made_or_open(refund: Refund, not_sent: Option<BoxError>) -> Result<Refund, Error> {
    match refund.state {
        State::Done { .. } | State::Sending { .. } | State::Unknown { .. } => Ok(refund),
        State::Refused { because: NotMade::Code(code) } => Err(Error::RefundRefused(code)),
        State::Refused { because: NotMade::NoAnswer | NotMade::Disagrees } => Err(Error::RefundNotMade),
        State::Refused { because: NotMade::NotSent } => {
            Err(Error::NotReached(not_sent.unwrap_or_else(|| "the refund was not sent".into())))
        }
    }
}
