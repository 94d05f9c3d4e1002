//! Credits: how often a member may use AI on a day, taken and given back by conditional writes.
//!
//! A use is taken by the transaction that starts its job, so that there is no job without a use and no use
//! without a job. It is given back by the transaction that ends the job as failed, which happens once whoever
//! ends it (`maru_jobs::Lease::fail_with`), to the day that it was taken from.

mod rule;

pub use rule::Credits;

use rule::{Plan, Subscription};

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use jiff::civil::Date;
use maru_lambda::day_in_seoul;
use maru_store::{Cancelled, Key, StoreError, integer, text};
use serde::Deserialize;

use crate::error::Error;
use crate::store::{Store, credits_partition, plan_key};

/// For how long a day's count is kept: longer than any job of that day lives, in seconds.
const KEPT: i64 = 40 * 24 * 60 * 60;

/// How many uses a day has had.
#[derive(Default, Deserialize)]
struct Day {
    used: u32,
}

/// A use that is about to be taken.
#[derive(Clone, Debug)]
pub struct Taking {
    /// The day that it is taken from, to be given back to.
    pub day: Date,
    /// The writes that take it.
    pub parts: Vec<TransactWriteItem>,
    plan: Plan,
}

impl Store {
    /// The writes that take one use of `member` at `now`, for the transaction of whatever it is taken for. Their
    /// conditions fail when none is left, when the plan has ended meanwhile, or when the member is gone:
    /// [`Store::refusal`] tells which.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn take_credit(&self, member: &str, now: Timestamp) -> Result<Taking, StoreError> {
        let plan = self.subscription(member).await?.plan_at(now);
        let day = day_in_seoul(now);
        let take = self
            .table()
            .transact_update(&day_key(member, day))
            .update_expression("SET used = if_not_exists(used, :none) + :one, expiresAt = :expires")
            .expression_attribute_values(":none", integer(0))
            .expression_attribute_values(":one", integer(1))
            .expression_attribute_values(":expires", integer(now.as_second() + KEPT));
        let take = match plan.limit() {
            None => take,
            Some(limit) => take
                .condition_expression("attribute_not_exists(used) OR used < :limit")
                .expression_attribute_values(":limit", integer(limit)),
        };
        let mut parts = vec![self.table().part(take.build())?, self.still_here(member)?];
        if plan == Plan::Pro {
            parts.push(self.still_pro(member, now)?);
        }
        Ok(Taking { day, parts, plan })
    }

    /// Why the parts of `taking` were refused; `cancelled` speaks of them alone.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn refusal(
        &self,
        member: &str,
        now: Timestamp,
        taking: &Taking,
        cancelled: &Cancelled,
    ) -> Result<Error, StoreError> {
        if cancelled.failed_at(1) {
            return Ok(Error::MemberGone);
        }
        if cancelled.failed_at(0) {
            return Ok(Error::CreditsExhausted { credits: self.credits(member, now).await?, now });
        }
        tracing::info!(plan = ?taking.plan, "the plan changed while a credit was taken");
        Ok(Error::Overtaken)
    }

    /// The writes that give back a use taken on `day`; none when there is nothing to give it back to, since
    /// the member's data was erased.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn give_credit_back(
        &self,
        member: &str,
        day: Date,
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        let counted: Option<Day> = self.table().get(&day_key(member, day), true).await?;
        if counted.is_none_or(|day| day.used == 0) {
            return Ok(Vec::new());
        }
        let give = self
            .table()
            .transact_update(&day_key(member, day))
            .update_expression("SET used = used - :one")
            .condition_expression("used >= :one")
            .expression_attribute_values(":one", integer(1));
        Ok(vec![self.table().part(give.build())?])
    }

    /// How the credits of `member` stand at `now`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn credits(&self, member: &str, now: Timestamp) -> Result<Credits, StoreError> {
        let plan = self.subscription(member).await?.plan_at(now);
        let day: Option<Day> = self.table().get(&day_key(member, day_in_seoul(now)), true).await?;
        Ok(plan.credits(day.unwrap_or_default().used, now))
    }

    /// The condition that `member` has not been erased: for every transaction that would bring back data of
    /// theirs.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn still_here(&self, member: &str) -> Result<TransactWriteItem, StoreError> {
        self.table().erasure(member).not_begun()
    }

    fn still_pro(&self, member: &str, now: Timestamp) -> Result<TransactWriteItem, StoreError> {
        let check = self
            .table()
            .transact_check(&plan_key(member))
            .condition_expression("#plan = :pro AND (attribute_not_exists(#until) OR #until > :now)")
            .expression_attribute_names("#plan", "plan")
            .expression_attribute_names("#until", "until")
            .expression_attribute_values(":pro", text("PRO"))
            .expression_attribute_values(":now", integer(now.as_second()));
        self.table().part(check.build())
    }

    async fn subscription(&self, member: &str) -> Result<Subscription, StoreError> {
        Ok(self.table().get(&plan_key(member), true).await?.unwrap_or_default())
    }
}

fn day_key(member: &str, day: Date) -> Key {
    Key::new(credits_partition(member), format!("DAY#{day}"))
}
