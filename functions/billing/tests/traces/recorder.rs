//! Does to the stack what a schedule says, and writes down what is seen after each step.

use std::time::Duration;

use billing_model::{Cause, Event, Observation, Trace};
use billing_rules::charge::Charge;
use billing_rules::subscription::Subscription;
use futures::FutureExt;
use futures::future::join_all;
use jiff::{RoundMode, Timestamp, TimestampRound, Unit};
use maru_testing::{KakaoPay, Maru, Setup};
use reqwest::Method;

use super::schedule::Step;
use super::trouble::{Wrong, disarm};
use crate::MEMBER;
use crate::checkouts::{Item, stored, text};
use crate::on_renewal_due::message;
use crate::subscribers::{buys, token};

/// How long it is waited for what is certain to come.
const PATIENCE: Duration = Duration::from_secs(60);

/// A stack with a member who has bought, and what was seen of it.
pub struct Recorder {
    maru: Maru,
    kakaopay: KakaoPay,
    /// The charge of the period after the first, before anything was done about it.
    charge: Charge,
    trace: Trace,
    /// When KakaoPay carries out what was sent by somebody who is dead.
    late: Option<Timestamp>,
}

impl Recorder {
    /// A member has just bought.
    pub async fn start() -> Self {
        let maru = Setup::new(vec![billing::FUNCTIONS]).frozen().start().await;
        buys(&maru, MEMBER, "good").await;
        let items = stored(&maru, "MEMBER#").await;
        let charge = Charge::due(subscription(&items).next_period());
        let kakaopay = maru.kakaopay();
        let first = observe(&maru, &kakaopay, &charge).await;
        Self { maru, kakaopay, charge, trace: Trace { first, events: Vec::new() }, late: None }
    }

    /// What was seen last.
    pub fn seen(&self) -> &Observation {
        self.trace.events.last().map_or(&self.trace.first, |event| &event.seen)
    }

    /// Everything that was seen.
    pub fn trace(self) -> Trace {
        self.trace
    }

    /// Does this, and writes down what is seen then.
    pub async fn perform(&mut self, step: &Step) {
        let mut causes = Vec::new();
        if let Some(moment) = step.later {
            self.pass_what_is_late(moment).await;
            self.maru.stack.clock().set(moment);
            causes.push(Cause::Later);
        }
        if let Some(wrong) = step.wrong {
            wrong.arm(&self.maru, if step.end_asked { "delete_subscription" } else { "on_renewal_due" });
        }
        if step.given_up {
            self.kakaopay.pay_with(MEMBER, "withdrawn").await;
            causes.push(Cause::GivenUp);
        }
        if step.messages > 0 {
            causes.push(Cause::Message);
        }
        if step.end_asked {
            causes.push(Cause::EndAsked);
        }
        self.late = self.work(step).await.or(self.late);
        disarm(&self.maru);
        self.write_down(causes, step.wrong).await;
    }

    /// Workers and the member do what they are asked to, at once; also what comes every minute. Gives when KakaoPay will
    /// carry out what a killed worker has sent.
    async fn work(&self, step: &Step) -> Option<Timestamp> {
        let stack = &self.maru.stack;
        if step.later.is_some() {
            // It may die of what goes wrong: then nobody is asked this time.
            let _ = stack.run_scheduled("cron_settle_renewals").await;
        }
        let night = self.charge.period.start.to_string();
        let messages = (0..step.messages)
            .map(|_| stack.invoke("on_renewal_due", message(MEMBER, Some(&night))).map(|_| ()).boxed());
        let end = step.end_asked.then(|| self.ask_for_the_end().boxed());
        let mut working = join_all(messages.chain(end));
        let Some(Wrong::Killed { carried_out_after }) = step.wrong else {
            working.await;
            return None;
        };
        tokio::select! {
            _ = &mut working => None,
            () = self.until_sent() => {
                stack.kill("on_renewal_due");
                working.await;
                carried_out_after.map(|minutes| stack.clock().now() + Duration::from_mins(minutes))
            }
        }
    }

    async fn ask_for_the_end(&self) {
        let request = self.maru.request(Method::DELETE, "/billing/subscription", &token(&self.maru, MEMBER));
        request.send().await.unwrap();
    }

    /// Waits until KakaoPay has a request that it does not answer.
    async fn until_sent(&self) {
        while !self.maru.stack.parts().faults.pending().is_empty() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// Waits until KakaoPay has moved money once more than was seen.
    async fn until_moved(&self) {
        let before = self.seen().movements;
        while observe(&self.maru, &self.kakaopay, &self.charge).await.movements == before {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// What KakaoPay carries out late is seen before it becomes as late as `moment`.
    async fn pass_what_is_late(&mut self, moment: Timestamp) {
        let Some(late) = self.late.take_if(|late| *late <= moment) else { return };
        self.maru.stack.clock().set(late);
        if self.seen().active {
            tokio::time::timeout(PATIENCE, self.until_moved()).await.unwrap();
        }
        self.write_down(vec![Cause::Later], None).await;
    }

    async fn write_down(&mut self, causes: Vec<Cause>, wrong: Option<Wrong>) {
        self.maru.settle().await;
        let seen = observe(&self.maru, &self.kakaopay, &self.charge).await;
        let troubles = wrong.map(Wrong::troubles).unwrap_or_default();
        self.trace.events.push(Event { causes, troubles, seen });
    }
}

/// What is to be seen now; `due` is the charge while there is none.
async fn observe(maru: &Maru, kakaopay: &KakaoPay, due: &Charge) -> Observation {
    let items = stored(maru, "MEMBER#").await;
    let charges = items.iter().filter(|item| text(item, "sk").starts_with("CHARGE#"));
    let mut charges = charges.map(|item| serde_dynamo::from_item::<_, Charge>(item.clone()).unwrap());
    let charge = charges.find(|charge| charge.period == due.period);
    let (movements, keys) = (kakaopay.movements().await, kakaopay.keys(MEMBER).await);
    let movements = movements.iter().filter(|movement| movement["kind"] == "subscription").count();
    let last_approved_at: Timestamp = keys[0]["lastApprovedAt"].as_str().unwrap().parse().unwrap();
    let whole = TimestampRound::new().smallest(Unit::Second).mode(RoundMode::Trunc);
    Observation {
        now: maru.stack.clock().now(),
        charge: charge.unwrap_or_else(|| due.clone()),
        subscription: subscription(&items),
        movements: movements.try_into().unwrap(),
        last_approved_at: last_approved_at.round(whole).unwrap(),
        active: keys[0]["status"] == "ACTIVE",
    }
}

fn subscription(items: &[Item]) -> Subscription {
    let item = items.iter().find(|item| text(item, "sk") == "SUBSCRIPTION").unwrap();
    serde_dynamo::from_item(item.clone()).unwrap()
}
