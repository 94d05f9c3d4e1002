//! A step of the rules becomes one transaction: the charge, the subscription, and all that follows from it.

use aws_sdk_dynamodb::types::TransactWriteItem;
use billing_rules::answer::Reason;
use billing_rules::charge::{Effect, SETTLING, State, Step};
use billing_rules::subscription::{PRICE, Status};
use jiff::{Timestamp, civil::Date};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, day_in_seoul};
use maru_outbox::Posted;
use maru_store::{StoreError, integer};

use super::{Account, PeriodCharge, Subscribed};
use crate::accounting::Payment;
use crate::announcer::{Announcer, Because, News};
use crate::error::Error;
use crate::nights::Outcome;
use crate::plan::PlanUntil;
use crate::store::{Due, Store, subscription_key};

/// What became of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Commit {
    /// It is stored.
    Done,
    /// The subscription or the charge was changed since it was decided: nothing was stored.
    Stale,
}

/// Stores steps, and tells of them.
#[derive(Clone, Debug)]
pub struct Steps {
    pub(super) store: Store,
    pub(super) announcer: Announcer,
}

impl FromEnvironment for Steps {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let (store, announcer) = <(Store, Announcer)>::from_environment(environment)?;
        Ok(Self { store, announcer })
    }
}

impl Steps {
    /// Stores `step`, which was decided from `account`; `night` is one more that waits for what becomes of the
    /// charge.
    ///
    /// # Errors
    /// [`Error`]: the step may be stored or not.
    pub async fn commit(&self, account: &Account, step: &Step, night: Option<Date>) -> Result<Commit, Error> {
        let now = self.store.now();
        let next = next(account, step, night, now);
        let mut parts = vec![
            self.store.put_charge_part(&account.subscription.id, &next.charge)?,
            self.store.put_subscription_part(&next.subscription)?,
        ];
        for effect in &step.effects {
            if let Some(payment) = payment(&next.subscription.member_id, effect) {
                parts.extend(self.store.payment_parts(&payment)?);
            }
        }
        if let Some(outcome) = Outcome::of(&next.charge.rules) {
            for night in &next.charge.nights {
                parts.push(self.store.done_part(*night, &next.subscription.member_id, outcome)?);
            }
        }
        let posted = self.news(account, &next, &step.effects, now)?;
        parts.extend(posted.iter().map(Posted::part));
        if self.store.table().transact(parts).await?.is_err() {
            return Ok(Commit::Stale);
        }
        self.announcer.send(posted).await;
        Ok(Commit::Done)
    }

    /// What is told: the plan if it changed, and the member.
    fn news(
        &self,
        account: &Account,
        next: &Account,
        effects: &[Effect],
        now: Timestamp,
    ) -> Result<Vec<Posted>, Error> {
        let mut posted = Vec::new();
        let subscription = &next.subscription;
        if PlanUntil::of(&account.subscription.rules) != PlanUntil::of(&subscription.rules) {
            posted.push(self.announcer.plan_changed(&subscription.member_id, &subscription.rules, now)?);
        }
        for effect in effects {
            let id = format!("{}-{}", subscription.id, subscription.rules.revision);
            posted.push(self.announcer.news(id, &subscription.member_id, &told(effect), now)?);
        }
        Ok(posted)
    }
}

impl Store {
    /// The put of a charge, if the one before it is there.
    fn put_charge_part(
        &self,
        subscription: &str,
        charge: &PeriodCharge,
    ) -> Result<TransactWriteItem, StoreError> {
        let put = self.table().transact_put(&charge.key(subscription), charge)?;
        let put = match charge.rules.epoch - 1 {
            0 => put.condition_expression("attribute_not_exists(pk)"),
            before => put
                .condition_expression("epoch = :before")
                .expression_attribute_values(":before", integer(before)),
        };
        self.table().part(put.build())
    }

    /// The put of a subscription, if the one before it is there.
    pub(super) fn put_subscription_part(
        &self,
        subscription: &Subscribed,
    ) -> Result<TransactWriteItem, StoreError> {
        let put = self
            .table()
            .transact_put(&subscription_key(&subscription.member_id), subscription)?
            .condition_expression("revision = :before")
            .expression_attribute_values(":before", integer(subscription.rules.revision - 1));
        self.table().part(put.build())
    }
}

/// What is stored after `step`.
fn next(account: &Account, step: &Step, night: Option<Date>, now: Timestamp) -> Account {
    let mut subscription = Subscribed { rules: step.subscription.clone(), ..account.subscription.clone() };
    let mut charge = PeriodCharge { rules: step.charge.clone(), ..account.charge.clone() };
    charge.nights.extend(night.filter(|night| !charge.nights.contains(night)));
    let member = &account.subscription.member_id;
    subscription.due = match &step.charge.state {
        State::Charged { .. } => Some(Due::on(step.subscription.period.end, member)),
        State::Declined { retry_at, dunning: true, .. } => Some(Due::on(day_in_seoul(*retry_at), member)),
        // The key is given up at KakaoPay before the subscription is left alone.
        State::Abandoned { .. } => subscription.sealed_sid.as_ref().map(|_| Due::settle(now, member)),
        State::Due => subscription.due,
        State::Sending { .. } | State::Unknown { .. } | State::Declined { .. } => None,
    };
    charge.due = match &step.charge.state {
        State::Sending { lease_until, .. } => Some(Due::settle(*lease_until, member)),
        State::Unknown { since, .. } => Some(Due::settle(*since + SETTLING, member)),
        State::Declined { retry_at, dunning: false, .. } => Some(Due::settle(*retry_at, member)),
        State::Due | State::Declined { .. } | State::Charged { .. } | State::Abandoned { .. } => None,
    };
    if charge.due.is_none() && subscription.rules.status != Status::Ended {
        debug_assert!(subscription.due.is_some(), "a subscription that nobody would find");
    }
    Account { subscription, charge }
}

/// The payment that an effect tells of.
fn payment(member: &str, effect: &Effect) -> Option<Payment> {
    match effect {
        Effect::Paid { order_id, tid, approved_at, period } => {
            Some(Payment::new(member, order_id, tid.clone(), PRICE, *period, *approved_at))
        }
        Effect::Declined { .. } | Effect::Ended { .. } => None,
    }
}

/// What the member is told of an effect.
fn told(effect: &Effect) -> News {
    match effect {
        Effect::Paid { period, .. } => News::received(*period),
        Effect::Declined { retry_on, .. } => News::PaymentDeclined { amount: PRICE, retry_on: *retry_on },
        Effect::Ended { reason } => News::PlanEnded { because: because(*reason) },
    }
}

const fn because(reason: Reason) -> Because {
    match reason {
        Reason::EndAsked => Because::Asked,
        Reason::Inactive | Reason::Refused(-751 | -750) => Because::GivenUpAtKakaopay,
        Reason::Refused(_) | Reason::NoAnswer | Reason::NotSent => Because::Declined,
    }
}
