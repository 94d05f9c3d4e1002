//! A member wants to buy: KakaoPay prepares a payment, and the member is sent to its page. No money moves.

use std::time::Duration;

use billing_rules::subscription::{PRICE, Status, Subscription};
use jiff::Timestamp;
use maru_credits::Plan;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_store::{Attempt, Limit};
use serde::Serialize;

use super::pages::ReturnAddresses;
use super::{Order, State};
use crate::billing_keys::BillingKeys;
use crate::charger::Charger;
use crate::error::Error;
use crate::kakaopay::{KakaoPay, Ready, ReturnUrls, Sale};
use crate::plan::PlanUntil;
use crate::return_state::LASTS;
use crate::sale::ITEM;
use crate::store::{Store, order_key};
use crate::subscriptions::Subscribed;

/// Each one is a payment at KakaoPay; who changes their mind ten times in an hour can wait.
const LIMIT: Limit = Limit { name: "checkout-member", per: Duration::from_hours(1), most: 10 };

/// Begins orders.
#[derive(Clone, Debug)]
pub struct Checkouts {
    store: Store,
    keys: BillingKeys,
    charger: Charger,
    kakaopay: KakaoPay,
    addresses: ReturnAddresses,
}

/// Where the member pays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckoutView {
    order_id: String,
    /// KakaoPay's page, for a browser on a computer.
    redirect_url: String,
    /// KakaoPay's page, for a browser on a telephone.
    mobile_redirect_url: String,
    /// Until when it can be paid.
    expires_at: Timestamp,
}

impl FromEnvironment for Checkouts {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let (store, keys, charger) = <(Store, BillingKeys, Charger)>::from_environment(environment)?;
        let (kakaopay, addresses) = <(KakaoPay, ReturnAddresses)>::from_environment(environment)?;
        Ok(Self { store, keys, charger, kakaopay, addresses })
    }
}

impl Checkouts {
    /// The store, for what answers are kept in.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Begins an order of `member` at `now`, that of `attempt`: begun again it is the same.
    ///
    /// # Errors
    /// [`Error`]; nothing is stored then, and nobody can pay.
    pub async fn begin(
        &self,
        member: &str,
        attempt: &Attempt,
        now: Timestamp,
    ) -> Result<CheckoutView, Error> {
        let id = attempt.id("ord");
        if attempt.is_repeated()
            && let Some(order) = self.store.order(&id).await?
        {
            return Ok(order.into());
        }
        let before = self.may_buy(member, now).await?;
        let _ = self.store.table().take(&LIMIT, member, now).await?;
        if let Some(subscription) = before {
            // The key of the subscription before is given up, or there would be two.
            self.keys.retire(&subscription).await?;
        }
        let ready = self.ready(member, &id, now).await?;
        let order = Order {
            order_id: id,
            member_id: member.to_owned(),
            amount: PRICE,
            tid: ready.tid,
            page: ready.page,
            mobile_page: ready.mobile_page,
            created_at: now,
            payable_until: now + LASTS,
            state: State::Ready,
            refusal: None,
            epoch: 1,
        };
        Ok(self.store.new_order(order).await?.into())
    }

    /// The member's last subscription, if there is one; it is over.
    async fn may_buy(&self, member: &str, now: Timestamp) -> Result<Option<Subscribed>, Error> {
        if self.store.table().erasure(member).is_begun().await? {
            return Err(Error::MemberGone);
        }
        let mut before = self.store.subscription(member).await?;
        if before
            .as_ref()
            .is_some_and(|before| before.rules.status == Status::Ending && is_past(&before.rules, now))
        {
            // Its last day is over, and the night has not come to it yet.
            self.charger.take_up(member, None).await?;
            before = self.store.subscription(member).await?;
        }
        match before.as_ref().map(|before| before.rules.status) {
            None | Some(Status::Ended) => {}
            Some(Status::Ending) => return Err(Error::SubscriptionEnding),
            Some(Status::Active | Status::PastDue) => return Err(Error::AlreadySubscribed),
        }
        match self.store.opening(member).await? {
            Some(_) => Err(Error::PaymentUnsettled),
            None => Ok(before),
        }
    }

    async fn ready(&self, member: &str, order: &str, now: Timestamp) -> Result<Ready, Error> {
        let [approve, cancel, fail] = self.addresses.of(order, now).await?;
        let urls = ReturnUrls { approve: &approve, cancel: &cancel, fail: &fail };
        let sale = Sale { order_id: order, member_id: member, item_name: ITEM, amount: PRICE };
        Ok(self.kakaopay.ready(&sale, &urls).await?)
    }
}

/// Whether the plan of a subscription is over at `now`.
fn is_past(subscription: &Subscription, now: Timestamp) -> bool {
    PlanUntil::of(subscription).at(now) == Plan::Free
}

impl Store {
    /// Stores a new order; gives it as it stands, if the same attempt has stored it before.
    async fn new_order(&self, order: Order) -> Result<Order, Error> {
        let new = self.new_part(&order_key(&order.order_id), &order.row())?;
        let parts = vec![new, self.table().erasure(&order.member_id).not_begun()?];
        match self.table().transact(parts).await? {
            Ok(()) => Ok(order),
            Err(cancelled) if cancelled.failed_at(1) => Err(Error::MemberGone),
            Err(_) => self.order(&order.order_id).await?.ok_or(Error::Restless),
        }
    }
}

impl From<Order> for CheckoutView {
    fn from(order: Order) -> Self {
        let Order { order_id, page, mobile_page, payable_until, .. } = order;
        Self { order_id, redirect_url: page, mobile_redirect_url: mobile_page, expires_at: payable_until }
    }
}
