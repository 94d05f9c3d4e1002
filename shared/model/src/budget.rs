//! Whose tokens a call spends, and how many there are.
//!
//! A member has a budget of a day. Jobs without an account have another, all of them together: that of the guests,
//! unless the model is paid from another fund ([`crate::Model::paid_from`]). But not as one item: each of their calls
//! writes it, and of transactions that meet in one item the database lets only one through. So it is in sixteen shares,
//! and a job's id tells which of them its calls are paid from.

use aws_sdk_dynamodb::types::TransactWriteItem;
use maru_jobs::Lease;
use maru_store::{Key, StoreError, integer};

use crate::call::Reply;
use crate::ledger::{Entry, State};

/// How many shares the budget of jobs without an account has.
const SHARES: u8 = 16;

/// For how long usage is kept after its day, in seconds: thirteen months, so that a year can be compared.
const KEPT: i64 = 400 * 24 * 60 * 60;

/// What pays for jobs without an account if nothing else does.
const GUESTS: &str = "guests";

/// The budget that a job's calls are paid from.
pub(crate) struct Budget<'a> {
    lease: &'a Lease,
}

impl<'a> Budget<'a> {
    pub(crate) fn of(lease: &'a Lease) -> Self {
        Self { lease }
    }

    /// How many tokens it has a day, if a member may spend `daily_tokens`, or all jobs without an
    /// account together may.
    pub(crate) fn limit(&self, daily_tokens: u64) -> u64 {
        let shares = if self.lease.job().account.is_some() { 1 } else { SHARES };
        daily_tokens / u64::from(shares)
    }

    /// Sets the tokens aside that `entry` reserves: refused if more than `limit` would be spent then.
    pub(crate) fn set_aside(&self, entry: &Entry, limit: u64) -> Result<TransactWriteItem, StoreError> {
        let (table, tokens) = (self.lease.table(), entry.reserved_tokens);
        let update = table
            .transact_update(&self.key(entry))
            .update_expression("ADD spent :tokens SET expiresAt = :expires")
            .condition_expression("attribute_not_exists(spent) OR spent <= :rest")
            .expression_attribute_values(":tokens", integer(tokens))
            .expression_attribute_values(":rest", integer(i128::from(limit) - i128::from(tokens)))
            .expression_attribute_values(":expires", integer(entry.at.as_second() + KEPT));
        table.part(update.build())
    }

    /// Puts `spent` tokens in the place of those that `entry` had set aside.
    pub(crate) fn settle(&self, entry: &Entry, spent: u64) -> Result<TransactWriteItem, StoreError> {
        let table = self.lease.table();
        let difference = i128::from(spent) - i128::from(entry.reserved_tokens);
        let update = table.transact_update(&self.key(entry)).update_expression("ADD spent :tokens");
        table.part(update.expression_attribute_values(":tokens", integer(difference)).build())
    }

    /// Books the call of `entry`, which ended as `state`, with its day and feature.
    pub(crate) fn book(
        &self,
        entry: &Entry,
        state: State,
        (calls, reply): (u64, &Reply),
    ) -> Result<TransactWriteItem, StoreError> {
        let (table, key) = (self.lease.table(), self.key(entry));
        let update = table
            .transact_update(&Key::new(key.pk, format!("{}#{}", key.sk, entry.feature)))
            .update_expression(
                "ADD inputTokens :input, outputTokens :output, calls :calls, unknownCalls :unknown \
                 SET expiresAt = :expires",
            )
            .expression_attribute_values(":input", integer(reply.input_tokens))
            .expression_attribute_values(":output", integer(reply.output_tokens))
            .expression_attribute_values(":calls", integer(calls))
            .expression_attribute_values(":unknown", integer(u64::from(state == State::Unknown)))
            .expression_attribute_values(":expires", integer(entry.at.as_second() + KEPT));
        table.part(update.build())
    }

    /// Of the day in Asia/Seoul on which the call was entered.
    fn key(&self, entry: &Entry) -> Key {
        let (job, day) = (self.lease.job(), maru_lambda::day_in_seoul(entry.at).to_string());
        let fund = entry.fund.as_deref().unwrap_or(GUESTS);
        Key::new(format!("USAGE#{}", payer(job.account.as_deref(), fund, &job.id)), day)
    }
}

/// The account, or of a job without one `<fund>-<0–15>`, such as `guests-7`.
fn payer(account: Option<&str>, fund: &str, job: &str) -> String {
    let share = || job.bytes().fold(0, u8::wrapping_add) % SHARES;
    account.map_or_else(|| format!("{fund}-{}", share()), str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::Timestamp;

    use super::*;

    #[test]
    fn jobs_of_guests_are_spread_evenly_over_all_shares_and_a_members_are_not() {
        let mut jobs = BTreeMap::<String, u32>::new();
        for _ in 0..1_600 {
            let id = maru_lambda::new_id("job", Timestamp::UNIX_EPOCH);
            *jobs.entry(payer(None, GUESTS, &id)).or_default() += 1;
            assert_eq!(payer(Some("usr_1"), GUESTS, &id), "usr_1");
        }
        assert_eq!(jobs.len(), 16, "{jobs:?}");
        assert!(jobs.values().all(|jobs| (30..=200).contains(jobs)), "a hundred is even: {jobs:?}");
        assert!(jobs.contains_key("guests-0") && jobs.contains_key("guests-15"), "{jobs:?}");
    }
}
