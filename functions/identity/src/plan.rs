//! The copy of a member's plan, as billing tells of it (`billing.plan_changed`), for its owner to see.
//!
//! It is an item of its own beside the member: a plan is not the member's to change, so that neither the revision nor
//! the events of the profile have to do with it.

use jiff::Timestamp;
use maru_credits::{KeptPlan, Plan, PlanChanged};
use maru_store::StoreError;

use crate::store::{Store, member_key, plan_key};

impl Store {
    /// The plan of a member at `now`; FREE unless something else was told.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn plan(&self, user: &str, now: Timestamp) -> Result<Plan, StoreError> {
        let kept: Option<KeptPlan> = self.table().get(&plan_key(user), true).await?;
        Ok(kept.unwrap_or_default().at(now))
    }

    /// Keeps the plan that was told, unless a later one is kept or the account is closed. Somebody who never looked at
    /// their account can have a plan, too.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keep_plan(&self, told: &PlanChanged) -> Result<(), StoreError> {
        let not_closed = self.table().transact_check(&member_key(&told.user_id));
        let not_closed = not_closed.condition_expression("attribute_not_exists(closedAt)").build();
        let keep = told.keep_at(self.table(), &plan_key(&told.user_id))?;
        if self.table().transact(vec![keep, self.table().part(not_closed)?]).await?.is_err() {
            tracing::info!(told.revision, "a plan is not kept: a later one is, or the account is closed");
        }
        Ok(())
    }
}
