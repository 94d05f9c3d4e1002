//! What a night did about one subscription, and about all of them.

use std::ops::AddAssign;

use aws_sdk_dynamodb::types::TransactWriteItem;
use billing_rules::answer::Reason;
use billing_rules::charge::{Charge, State};
use jiff::civil::Date;
use maru_store::StoreError;
use serde::{Deserialize, Serialize};

use crate::store::{Store, done_key, expires_at};

/// What was done about one subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was charged.
    Charged,
    /// The charge was not paid, and is tried again on another day.
    Declined,
    /// It ended as its member had asked.
    Ended,
    /// It ended because it was not paid, or because the member gave the recurring payment up at KakaoPay.
    Lost,
    /// Nothing: somebody else was faster, or it is gone.
    Nothing,
}

/// What was done about all of them, in subscriptions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Charged.
    pub charged: u64,
    /// Not paid, to be tried again.
    pub declined: u64,
    /// Ended as asked.
    pub ended: u64,
    /// Ended unpaid.
    pub lost: u64,
    /// Left alone.
    pub nothing: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Done {
    outcome: Outcome,
    expires_at: i64,
}

impl Outcome {
    /// What a charge that stands like this means for the nights that wait for it; `None` while they have to wait.
    #[must_use]
    pub const fn of(charge: &Charge) -> Option<Self> {
        match &charge.state {
            State::Charged { .. } => Some(Self::Charged),
            State::Declined { dunning: true, .. } => Some(Self::Declined),
            State::Abandoned { reason: Reason::EndAsked } => Some(Self::Ended),
            State::Abandoned { .. } => Some(Self::Lost),
            State::Due | State::Sending { .. } | State::Unknown { .. } | State::Declined { .. } => None,
        }
    }
}

impl AddAssign<Outcome> for Counts {
    fn add_assign(&mut self, outcome: Outcome) {
        let count = match outcome {
            Outcome::Charged => &mut self.charged,
            Outcome::Declined => &mut self.declined,
            Outcome::Ended => &mut self.ended,
            Outcome::Lost => &mut self.lost,
            Outcome::Nothing => &mut self.nothing,
        };
        *count += 1;
    }
}

impl Store {
    /// Notes what the night of `day` did about `member`, in the transaction that does it. Whoever comes later has
    /// nothing left to do and notes nothing, so the first note stays.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn done_part(
        &self,
        day: Date,
        member: &str,
        outcome: Outcome,
    ) -> Result<TransactWriteItem, StoreError> {
        let put = self.table().transact_put(&done_key(day, member), &self.done(outcome))?;
        self.table().part(put.build())
    }

    /// Notes that the night of `day` had nothing to do about `member`, unless something is noted.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn nothing_to_do(&self, day: Date, member: &str) -> Result<(), StoreError> {
        let done = self.done(Outcome::Nothing);
        self.table().put_new(&done_key(day, member), &done).await.map(|_| ())
    }

    fn done(&self, outcome: Outcome) -> Done {
        Done { outcome, expires_at: expires_at(self.now()) }
    }
}
