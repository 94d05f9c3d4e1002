//! Takes up a member's subscription and does what is to be done: the one place that charges.
//!
//! What is to be done is decided by `billing_rules`; an attempt is stored before its request leaves, so a request
//! is never sent twice, whoever dies and however often the message comes. What was decided from something that is
//! not so any more is not stored, and decided again.

use billing_rules::answer::Answer;
use billing_rules::charge::{Heard, State, Step, Take, answered, settled, take};
use billing_rules::subscription::PRICE;
use jiff::{SignedDuration, Timestamp, civil::Date};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, logs, new_id};

use crate::billing_keys::BillingKeys;
use crate::differences::{Difference, DifferenceKind};
use crate::error::Error;
use crate::kakaopay::{KakaoPay, Outcome, Sale};
use crate::sale::ITEM;
use crate::store::Store;
use crate::subscriptions::{Account, Commit, Steps, Subscribed};

/// How many steps one message can lead to: an attempt taken over, settled, and sent again, with some to spare for
/// those that others were faster with.
const STEPS: usize = 16;

/// A message that comes this early or less is not given up: clocks differ.
const EARLY: SignedDuration = SignedDuration::from_mins(10);

/// What KakaoPay would say to a request without a key.
const NO_KEY: Answer = Answer::Refused { status: 400, code: Some(-750) };

/// Charges subscriptions.
#[derive(Clone, Debug)]
pub struct Charger {
    store: Store,
    steps: Steps,
    kakaopay: KakaoPay,
    keys: BillingKeys,
}

impl FromEnvironment for Charger {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let (store, steps) = <(Store, Steps)>::from_environment(environment)?;
        let (kakaopay, keys) = <(KakaoPay, BillingKeys)>::from_environment(environment)?;
        Ok(Self { store, steps, kakaopay, keys })
    }
}

impl Charger {
    /// Does what is to be done about the subscription of `member`, until nothing is left or it has to wait. `night`
    /// is the one that waits for it, if one does.
    ///
    /// # Errors
    /// [`Error`]: take it up again. Nothing that was sent is sent again by that.
    pub async fn take_up(&self, member: &str, night: Option<Date>) -> Result<(), Error> {
        for _ in 0..STEPS {
            let Some(account) = self.store.account(member).await? else {
                return self.nothing(member, night).await;
            };
            let (rules, charge) = (&account.subscription.rules, &account.charge.rules);
            let now = self.store.now();
            match take(charge, rules, &new_id("ord", now), now) {
                Take::Done => return self.done(&account.subscription, night).await,
                Take::Wait(until) => return self.wait(&account, night, until, now).await,
                Take::Store(step) => {
                    let _ = self.steps.commit(&account, &step, night).await?;
                }
                Take::Send(step) => self.send(&account, &step, night).await?,
                Take::Ask { order_id } => {
                    if let Err(error) = self.ask(&account, &order_id, night).await {
                        return self.ask_later(&account, night, error).await;
                    }
                }
            }
        }
        Err(Error::Restless)
    }

    /// Stores the attempt, sends its request, and stores what comes of it.
    async fn send(&self, account: &Account, step: &Step, night: Option<Date>) -> Result<(), Error> {
        let State::Sending { attempt, .. } = &step.charge.state else { return Err(Error::Restless) };
        // Before the attempt is stored: one that cannot be sent would have to be settled.
        let sid = self.keys.open(&account.subscription).await?;
        if self.steps.commit(account, step, night).await? == Commit::Stale {
            return Ok(());
        }
        let (member, order) = (account.subscription.member_id.as_str(), attempt.order_id.as_str());
        let sale = Sale { order_id: order, member_id: member, item_name: ITEM, amount: PRICE };
        let answer = match &sid {
            Some(sid) => answer(order, self.kakaopay.charge(&sale, sid).await),
            None => NO_KEY,
        };
        self.hear(member, order, &answer).await
    }

    /// Stores what an answer means. What it says stays true, whatever others have changed meanwhile.
    async fn hear(&self, member: &str, order: &str, answer: &Answer) -> Result<(), Error> {
        for _ in 0..STEPS {
            let Some(account) = self.store.account(member).await? else { break };
            let (charge, rules) = (&account.charge.rules, &account.subscription.rules);
            match answered(charge, rules, order, answer, self.store.now()) {
                Heard::Known => return Ok(()),
                Heard::Astray => break,
                Heard::Store(step) => {
                    if self.steps.commit(&account, &step, None).await? == Commit::Done {
                        return Ok(());
                    }
                }
            }
        }
        if let Answer::Approved { tid, .. } = answer {
            let difference = Difference {
                order_id: order.to_owned(),
                member_id: member.to_owned(),
                tid: Some(tid.clone()),
                kind: DifferenceKind::Astray,
                ours: 0,
                theirs: Some(PRICE),
                found_at: self.store.now(),
            };
            self.store.differs(&difference).await?;
        }
        Ok(())
    }

    /// Asks KakaoPay what became of an attempt whose answer was lost, and stores it.
    async fn ask(&self, account: &Account, order: &str, night: Option<Date>) -> Result<(), Error> {
        let member = &account.subscription.member_id;
        let Some(status) = self.keys.state(&account.subscription).await? else {
            return self.hear(member, order, &NO_KEY).await;
        };
        for _ in 0..STEPS {
            let Some(account) = self.store.account(member).await? else { return Ok(()) };
            let (charge, rules) = (&account.charge.rules, &account.subscription.rules);
            let Some(step) = settled(charge, rules, order, status, self.store.now()) else {
                let is_open =
                    matches!(&charge.state, State::Unknown { attempt, .. } if attempt.order_id == order);
                return if is_open { Err(Error::Unsettled) } else { Ok(()) };
            };
            if self.steps.commit(&account, &step, night).await? == Commit::Done {
                tracing::info!(order.id = order, state = ?step.charge.state, "settled");
                return Ok(());
            }
        }
        Err(Error::Restless)
    }

    /// Nobody says what became of an attempt: it stays unknown, and `cron_settle_renewals` finds it again.
    ///
    /// # Errors
    /// `error` itself, if it is one of ours.
    async fn ask_later(&self, account: &Account, night: Option<Date>, error: Error) -> Result<(), Error> {
        if !matches!(error, Error::KakaoPay(_) | Error::UnknownStatus(_) | Error::Unsettled) {
            return Err(error);
        }
        let member = &account.subscription.member_id;
        tracing::warn!(member.id = member, error = logs::chain(&error), "an attempt stays unknown");
        match night {
            Some(night) => self.store.wait_for(account, night).await,
            None => Ok(()),
        }
    }

    /// Nothing is left to do but to give up the key of a subscription that is over. If KakaoPay does not take it back
    /// now, `cron_settle_renewals` finds the subscription again.
    async fn done(&self, subscription: &Subscribed, night: Option<Date>) -> Result<(), Error> {
        let member = &subscription.member_id;
        if let Err(error) = self.keys.retire(subscription).await {
            tracing::warn!(member.id = member, error = logs::chain(&error), "a key will be given up later");
        }
        self.nothing(member, night).await
    }

    /// Something has to happen first, or time to pass. `cron_settle_renewals` takes it up again; a night that waits
    /// for it is noted.
    async fn wait(
        &self,
        account: &Account,
        night: Option<Date>,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<(), Error> {
        let member = &account.subscription.member_id;
        let Some(night) = night else { return Ok(()) };
        if account.charge.due.is_some() {
            return self.store.wait_for(account, night).await;
        }
        if until.duration_since(now) <= EARLY {
            return Err(Error::TooEarly);
        }
        self.nothing(member, Some(night)).await
    }

    async fn nothing(&self, member: &str, night: Option<Date>) -> Result<(), Error> {
        let Some(night) = night else { return Ok(()) };
        Ok(self.store.nothing_to_do(night, member).await?)
    }
}

/// What an outcome says to the rules.
fn answer(order: &str, outcome: Outcome<crate::kakaopay::Payment>) -> Answer {
    match outcome {
        Outcome::Approved(payment) => Answer::Approved { tid: payment.tid, approved_at: payment.approved_at },
        Outcome::Refused(refusal) => {
            tracing::info!(order.id = order, code = refusal.code, reason = refusal.reason, "refused");
            Answer::Refused { status: refusal.status, code: Some(refusal.code) }
        }
        Outcome::NotSent(error) => {
            tracing::warn!(order.id = order, error = logs::chain(&*error), "not sent");
            Answer::NotSent
        }
        Outcome::Lost(error) => {
            tracing::warn!(order.id = order, error = logs::chain(&*error), "the answer is lost");
            Answer::Lost
        }
    }
}
