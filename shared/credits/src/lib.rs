//! Credits: how often a member may use AI on a day, between the domain that takes them and the one that sells more.
//!
//! Resume takes a use in the transaction that starts a job, so that there is no job without a use and no use without a
//! job, and gives it back in the one that ends the job as failed, to the day that it was taken from. Billing, which
//! knows the plan itself, only reads how many were used. How many there are follows from the plan that was last told of
//! ([`PlanChanged`]), which lies beside the counts: the taking transaction checks it.
//!
//! | access | key |
//! |---|---|
//! | what a member used on a day | `pk = CREDITS#<member>, sk = DAY#<day>` |
//! | a member's plan; none is FREE | `pk = PLAN#<member>, sk = PLAN` |
//!
//! Uses are counted under their day: nothing has to be reset at midnight, and nothing can fail to reset.
//!
//! The table has no erasure record of its own. Resume owns what is in it, and adds to the transaction of everything that
//! could bring data of a member back (a taking, a plan) the condition on its own record that they are not gone.
//!
//! Taking needs `dynamodb:GetItem`, `dynamodb:UpdateItem` and `dynamodb:ConditionCheckItem`, giving back
//! `dynamodb:GetItem` and `dynamodb:UpdateItem`, reading `dynamodb:GetItem`, keeping a plan `dynamodb:PutItem`, counting
//! and erasing `dynamodb:Query` and `dynamodb:BatchWriteItem`.
#![warn(missing_docs)]

mod days;
mod erasure;
mod plan;
mod take;

pub use days::{Credits, FREE_USES};
pub use plan::{KeptPlan, Plan, PlanChanged};
pub use take::{Refusal, Taking};

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use jiff::civil::Date;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, day_in_seoul};
use maru_store::{Key, StoreError, Table};

use crate::days::Day;

/// The table `CREDITS_TABLE`.
#[derive(Clone, Debug)]
pub struct CreditStore {
    table: Table,
}

impl FromEnvironment for CreditStore {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self { table: Table::open(environment, "CREDITS_TABLE")? })
    }
}

impl CreditStore {
    /// How the credits of `member`, whose plan is known to be `plan`, stand at `now`: one read.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn credits(&self, member: &str, plan: Plan, now: Timestamp) -> Result<Credits, StoreError> {
        let day: Option<Day> = self.table.get(&day_key(member, day_in_seoul(now)), true).await?;
        Ok(plan.credits(day.unwrap_or_default().used, now))
    }

    /// How the credits of `member` stand at `now` on the plan that is kept here.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn credits_of(&self, member: &str, now: Timestamp) -> Result<Credits, StoreError> {
        self.credits(member, self.plan(member, now).await?, now).await
    }

    /// The plan of `member` at `now`: FREE unless something else was told.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn plan(&self, member: &str, now: Timestamp) -> Result<Plan, StoreError> {
        let kept: Option<KeptPlan> = self.table.get(&plan_key(member), true).await?;
        Ok(kept.unwrap_or_default().at(now))
    }

    /// The write that keeps the plan that was told; its condition fails when a later one is kept.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn keep_plan(&self, told: &PlanChanged) -> Result<TransactWriteItem, StoreError> {
        told.keep_at(&self.table, &plan_key(&told.user_id))
    }
}

fn credits_partition(member: &str) -> String {
    format!("CREDITS#{member}")
}

fn day_key(member: &str, day: Date) -> Key {
    Key::new(credits_partition(member), format!("DAY#{day}"))
}

fn plan_key(member: &str) -> Key {
    Key::new(format!("PLAN#{member}"), "PLAN")
}
