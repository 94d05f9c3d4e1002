//! Taking a use and giving it back: parts of the transactions that start a job and that end it as failed.

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use jiff::civil::Date;
use maru_lambda::day_in_seoul;
use maru_store::{Cancelled, StoreError, integer, text};

use crate::days::{Credits, Day};
use crate::plan::Plan;
use crate::{CreditStore, day_key, plan_key};

/// For how long a day's count is kept: longer than any job of that day lives, in seconds.
const KEPT: i64 = 40 * 24 * 60 * 60;

/// A use that is about to be taken.
#[derive(Clone, Debug)]
pub struct Taking {
    /// The day that it is taken from, to be given back to.
    pub day: Date,
    /// The writes that take it. Put them before your own: [`CreditStore::refusal`] reads them by their places.
    pub parts: Vec<TransactWriteItem>,
}

/// Why a use was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No use of the day is left.
    Exhausted(Credits),
    /// The plan changed, or a use was given back, at the same moment; to be tried again.
    Overtaken,
}

impl CreditStore {
    /// The writes that take one use of `member` at `now`, for the transaction of whatever it is taken for. Their
    /// conditions fail when none is left, or when the plan has ended meanwhile: [`CreditStore::refusal`] tells which.
    /// That the member is not gone is for the caller to add.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn take(&self, member: &str, now: Timestamp) -> Result<Taking, StoreError> {
        let plan = self.plan(member, now).await?;
        let day = day_in_seoul(now);
        let take = self
            .table
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
        let mut parts = vec![self.table.part(take.build())?];
        if plan == Plan::Pro {
            parts.push(self.still_pro(member, now)?);
        }
        Ok(Taking { day, parts })
    }

    /// Why the parts of a taking were refused, which are the first that `cancelled` speaks of.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn refusal(
        &self,
        member: &str,
        now: Timestamp,
        cancelled: &Cancelled,
    ) -> Result<Refusal, StoreError> {
        if !cancelled.failed_at(0) {
            return Ok(Refusal::Overtaken);
        }
        let credits = self.credits_of(member, now).await?;
        Ok(if credits.are_exhausted() { Refusal::Exhausted(credits) } else { Refusal::Overtaken })
    }

    /// The writes that give back a use taken on `day`; none when there is nothing to give it back to, since the
    /// member's data was erased. They never bring it back, nor go below zero.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn give_back(&self, member: &str, day: Date) -> Result<Vec<TransactWriteItem>, StoreError> {
        let counted: Option<Day> = self.table.get(&day_key(member, day), true).await?;
        if counted.is_none_or(|day| day.used == 0) {
            return Ok(Vec::new());
        }
        let give = self
            .table
            .transact_update(&day_key(member, day))
            .update_expression("SET used = used - :one")
            .condition_expression("used >= :one")
            .expression_attribute_values(":one", integer(1));
        Ok(vec![self.table.part(give.build())?])
    }

    fn still_pro(&self, member: &str, now: Timestamp) -> Result<TransactWriteItem, StoreError> {
        let check = self
            .table
            .transact_check(&plan_key(member))
            .condition_expression("#plan = :pro AND (attribute_not_exists(#until) OR #until > :now)")
            .expression_attribute_names("#plan", "plan")
            .expression_attribute_names("#until", "until")
            .expression_attribute_values(":pro", text("PRO"))
            .expression_attribute_values(":now", integer(now.as_second()));
        self.table.part(check.build())
    }
}
