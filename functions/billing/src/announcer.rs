//! What billing tells others, each time together with the change that it tells of: the plan to whoever follows it,
//! the member through `notification`, the end of a night to what must follow it.

use billing_rules::periods::Period;
use billing_rules::subscription::{PRICE, Subscription};
use jiff::{Timestamp, civil::Date};
use maru_credits::Plan;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_messages::{Bus, Envelope, Queue, SendError};
use maru_outbox::{Outbox, Posted};
use serde::Serialize;

use crate::plan::PlanUntil;

/// Posts messages into the outbox, and sends them once they are committed.
#[derive(Clone, Debug)]
pub struct Announcer {
    outbox: Outbox,
    bus: Bus,
    notifications: Queue,
}

/// `billing.plan_changed`: a consumer keeps it if its revision is higher than what it has.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PlanChanged<'a> {
    user_id: &'a str,
    plan: Plan,
    until: Option<Timestamp>,
    revision: u64,
}

/// `notification.requested`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NotificationRequested<'a> {
    recipient_id: &'a str,
    #[serde(flatten)]
    news: &'a News,
    at: Timestamp,
}

/// What a member is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum News {
    /// Money was received.
    PaymentReceived {
        /// How much, in KRW.
        amount: i64,
        /// The last day that is paid for.
        paid_through: Date,
    },
    /// The charge of a period was not paid.
    PaymentDeclined {
        /// How much it would have been, in KRW.
        amount: i64,
        /// The day on which it is tried again.
        retry_on: Date,
    },
    /// Money was given back.
    PaymentRefunded {
        /// How much, in KRW.
        amount: i64,
    },
    /// The plan is FREE again.
    PlanEnded {
        /// Why.
        because: Because,
    },
}

/// Why a plan ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Because {
    /// The member wanted it to.
    Asked,
    /// It was not paid, however often it was tried.
    Declined,
    /// The member gave the recurring payment up at KakaoPay.
    GivenUpAtKakaopay,
}

impl News {
    /// That `period` is paid.
    #[must_use]
    pub fn received(period: Period) -> Self {
        let paid_through = period.end.yesterday().unwrap_or(period.end);
        Self::PaymentReceived { amount: PRICE, paid_through }
    }
}

impl FromEnvironment for Announcer {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let (outbox, bus) = <(Outbox, Bus)>::from_environment(environment)?;
        Ok(Self { outbox, bus, notifications: Queue::open(environment, "NOTIFICATION_QUEUE_URL")? })
    }
}

impl Announcer {
    /// Posts the plan that the subscription of `member` gives.
    ///
    /// # Errors
    /// [`SendError`].
    pub fn plan_changed(
        &self,
        member: &str,
        subscription: &Subscription,
        now: Timestamp,
    ) -> Result<Posted, SendError> {
        let PlanUntil { plan, until } = PlanUntil::of(subscription);
        let revision = subscription.revision;
        let data = PlanChanged { user_id: member, plan, until, revision };
        let id = format!("{member}-plan-{revision}");
        self.outbox.post(&self.bus, &Envelope::new(id, "billing.plan_changed", now, data))
    }

    /// Posts news for `member`; `id` names what happened, for ever.
    ///
    /// # Errors
    /// [`SendError`].
    pub fn news(&self, id: String, member: &str, news: &News, now: Timestamp) -> Result<Posted, SendError> {
        let data = NotificationRequested { recipient_id: member, news, at: now };
        let message = Envelope::new(id, "notification.requested", now, data);
        self.outbox.post(&self.notifications, &message)
    }

    /// Sends what was committed.
    pub async fn send(&self, posted: Vec<Posted>) {
        for each in posted {
            self.outbox.send(each).await;
        }
    }
}
