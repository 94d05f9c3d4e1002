//! What a member sees of all of billing.

use jiff::Timestamp;
use maru_credits::CreditStore;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};

use crate::error::Error;
use crate::plan::PlanUntil;
use crate::store::Store;
use crate::subscriptions::BillingView;

/// Reads billing, and the credits, which are counted where they are used.
#[derive(Clone, Debug)]
pub struct Overview {
    store: Store,
    credits: CreditStore,
}

impl FromEnvironment for Overview {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let (store, credits) = <(Store, CreditStore)>::from_environment(environment)?;
        Ok(Self { store, credits })
    }
}

impl Overview {
    /// Plan, credits and subscription of `member` at `now`. The plan is that of the subscription itself, which is
    /// ahead of those that follow it by a moment.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn of(&self, member: &str, now: Timestamp) -> Result<BillingView, Error> {
        let account = self.store.account(member).await?;
        let plan = account.as_ref().map(|account| PlanUntil::of(&account.subscription.rules).at(now));
        let plan = plan.unwrap_or_default();
        let credits = self.credits.credits(member, plan, now).await?;
        Ok(BillingView::new(plan, credits, account.as_ref(), now))
    }
}
