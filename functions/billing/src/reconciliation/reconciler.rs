//! Looks things up at KakaoPay, and keeps what does not agree.

use billing_rules::charge::SAME_APPROVAL;
use billing_rules::ledger::{Entry, Movement};
use jiff::civil::Date;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, logs};

use super::compare::{Disagreement, Ours};
use super::marks::Mark;
use super::{Check, ReconciliationDue, unknown};
use crate::accounting::Payment;
use crate::billing_keys::BillingKeys;
use crate::differences::{Difference, DifferenceKind};
use crate::error::Error;
use crate::kakaopay::{KakaoPay, KakaoPayError, Order, OrderStatus};
use crate::orders::State;
use crate::store::Store;

/// KakaoPay's code for a `tid` that it does not know.
const NO_SUCH_TID: i32 = -721;

/// Holds our books against KakaoPay's.
#[derive(Clone, Debug)]
pub struct Reconciler {
    store: Store,
    kakaopay: KakaoPay,
    keys: BillingKeys,
}

impl FromEnvironment for Reconciler {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let (store, kakaopay, keys) = <(Store, KakaoPay, BillingKeys)>::from_environment(environment)?;
        Ok(Self { store, kakaopay, keys })
    }
}

impl Reconciler {
    /// Looks at all that is due. What KakaoPay does not answer for does not keep the rest from being looked at.
    ///
    /// # Errors
    /// [`Error`], the last one: to be looked at again.
    pub async fn reconcile(&self, due: &ReconciliationDue) -> Result<(), Error> {
        let mut marks = Vec::new();
        let mut failed = None;
        for check in &due.checks {
            let checked = match check {
                Check::Booked(order) => self.booked(due.day, order).await,
                Check::Unpaid(order) => self.unpaid(order).await,
                Check::Unknown(member) => self.unknown(member).await.map(|()| Vec::new()),
            };
            match checked {
                Ok(checked) => marks.extend(checked),
                Err(error) => {
                    tracing::warn!(?check, error = logs::chain(&error), "not reconciled");
                    failed = Some(error);
                }
            }
        }
        self.store.mark(due.day, &marks).await?;
        failed.map_or(Ok(()), Err)
    }

    /// An order with entries in the ledger of `day`.
    async fn booked(&self, day: Date, order: &str) -> Result<Vec<Mark>, Error> {
        let entries = self.store.entries_of(day, order).await?;
        let Some((_, first)) = entries.first() else { return Ok(Vec::new()) };
        let Movement { tid, member_id, .. } = first.movement().clone();
        let payment = self.store.payment(&member_id, order).await?;
        let (names, entries): (Vec<String>, Vec<Entry>) = entries.into_iter().unzip();
        let ours = Ours::of((order, &member_id), &entries, payment.as_ref())?;
        let disagreement = match &tid {
            Some(tid) => self.against_order(&ours, tid).await?,
            None => self.against_status(&ours, payment.as_ref()).await?,
        };
        if let Some(disagreement) = disagreement {
            // A refund may have come in between.
            if self.store.payment(&member_id, order).await? != payment {
                return Err(Error::Restless);
            }
            self.differs(&ours, tid, disagreement).await?;
        }
        Ok(names.into_iter().map(Mark::Entry).collect())
    }

    async fn against_order(&self, ours: &Ours, tid: &str) -> Result<Option<Disagreement>, Error> {
        Ok(match self.order(tid).await? {
            Some(order) => ours.against(&order),
            None => Some(not_paid(ours)),
        })
    }

    /// A payment that only the subscription's status told of: it is as recent as that.
    async fn against_status(
        &self,
        ours: &Ours,
        payment: Option<&Payment>,
    ) -> Result<Option<Disagreement>, Error> {
        let subscription = self.store.subscription(&ours.member_id).await?;
        let (Some(payment), Some(subscription)) = (payment, subscription) else { return Ok(None) };
        // Without the key nobody can ask any more.
        let Some(status) = self.keys.state(&subscription).await? else { return Ok(None) };
        let is_as_recent = status.last_approved_at.is_some_and(|at| at >= payment.paid_at - SAME_APPROVAL);
        Ok((!is_as_recent).then(|| Disagreement { theirs: None, ..not_paid(ours) }))
    }

    /// An order that we have as unpaid. One that is being settled is not looked at until it is.
    async fn unpaid(&self, id: &str) -> Result<Vec<Mark>, Error> {
        let before = self.store.order(id).await?;
        let looked_at = vec![Mark::Order(id.to_owned())];
        let Some(order) = before.filter(|order| is_unpaid(order.state)) else { return Ok(looked_at) };
        let Some(theirs) = self.order(&order.tid).await? else { return Ok(looked_at) };
        let held = theirs.amount.saturating_sub(theirs.canceled);
        if !theirs.status.was_paid() || held == 0 {
            return Ok(looked_at);
        }
        if self.store.order(id).await?.as_ref() != Some(&order) {
            return Err(Error::Restless);
        }
        let ours =
            Ours { order_id: order.order_id, member_id: order.member_id, amount: None, canceled: 0..=0 };
        let kind = DifferenceKind::NotBooked;
        self.differs(&ours, Some(order.tid), Disagreement { kind, ours: 0, theirs: Some(held) }).await?;
        Ok(looked_at)
    }

    /// A charge of which nobody knows, though it should be known by now.
    async fn unknown(&self, member: &str) -> Result<(), Error> {
        let Some(account) = self.store.account(member).await? else { return Ok(()) };
        let Some(attempt) = unknown::overdue(&account.charge.rules, self.store.now()) else { return Ok(()) };
        let status = self.keys.state(&account.subscription).await?;
        if !status.is_some_and(|status| unknown::was_approved(attempt, status.last_approved_at)) {
            return Ok(());
        }
        let order_id = attempt.order_id.clone();
        let ours = Ours { order_id, member_id: member.to_owned(), amount: None, canceled: 0..=0 };
        let kind = DifferenceKind::NotBooked;
        self.differs(&ours, None, Disagreement { kind, ours: 0, theirs: None }).await
    }

    /// What KakaoPay knows of a payment; `None` if it does not know it.
    async fn order(&self, tid: &str) -> Result<Option<Order>, Error> {
        match self.kakaopay.order(tid).await {
            Ok(Order { status: OrderStatus::Other(status), .. }) => Err(Error::UnknownStatus(status)),
            Ok(order) => Ok(Some(order)),
            Err(KakaoPayError::Refused(refusal)) if refusal.code == NO_SUCH_TID => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn differs(
        &self,
        ours: &Ours,
        tid: Option<String>,
        disagreement: Disagreement,
    ) -> Result<(), Error> {
        let difference = Difference {
            order_id: ours.order_id.clone(),
            member_id: ours.member_id.clone(),
            tid,
            kind: disagreement.kind,
            ours: disagreement.ours,
            theirs: disagreement.theirs,
            found_at: self.store.now(),
        };
        Ok(self.store.differs(&difference).await?)
    }
}

fn not_paid(ours: &Ours) -> Disagreement {
    Disagreement { kind: DifferenceKind::NotPaid, ours: ours.held(), theirs: Some(0) }
}

const fn is_unpaid(state: State) -> bool {
    matches!(state, State::Ready | State::Cancelled | State::Failed)
}
