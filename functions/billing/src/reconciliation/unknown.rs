//! Charges of which nobody knows whether they moved money. `cron_settle_renewals` asks KakaoPay about them all the
//! time; what stays unknown for longer than that can take is what somebody has to look at.

use billing_rules::charge::{Attempt, Charge, SAME_APPROVAL, State};
use jiff::{SignedDuration, Timestamp};
use maru_store::StoreError;
use serde::Deserialize;

use crate::store::{SHARDS, Store, settle_partition};

/// How long a charge may be unknown: the time in which it settles four times over.
const PATIENCE: SignedDuration = SignedDuration::from_hours(1);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    sk: String,
    member_id: String,
}

impl Store {
    /// The members with a charge that is under way or unknown.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unknown_charges(&self) -> Result<Vec<String>, StoreError> {
        let mut members = Vec::new();
        for shard in 0..SHARDS {
            let query = self
                .table()
                .query(&settle_partition(shard))
                .index_name("byDue")
                .key_condition_expression("duePartition = :pk")
                .projection_expression("sk, memberId");
            let found: Vec<Found> = self.table().query_all(query).await?;
            let charges = found.into_iter().filter(|found| found.sk.starts_with("CHARGE#"));
            members.extend(charges.map(|found| found.member_id));
        }
        Ok(members)
    }
}

/// The attempt of a charge that should be known by `now`, and is not.
pub(super) fn overdue(charge: &Charge, now: Timestamp) -> Option<&Attempt> {
    let (attempt, since) = match &charge.state {
        State::Sending { attempt, lease_until } => (attempt, *lease_until),
        State::Unknown { attempt, since } => (attempt, *since),
        State::Due | State::Charged { .. } | State::Declined { .. } | State::Abandoned { .. } => return None,
    };
    (since + PATIENCE <= now).then_some(attempt)
}

/// Whether KakaoPay's last approval is one of `attempt`, which nobody has entered.
pub(super) fn was_approved(attempt: &Attempt, last_approved_at: Option<Timestamp>) -> bool {
    last_approved_at.is_some_and(|at| at > attempt.baseline + SAME_APPROVAL)
}
