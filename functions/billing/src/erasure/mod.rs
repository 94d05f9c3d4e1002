//! Erasing everything of a member who closed the account, but for the ledger.
//!
//! The record that the member is gone is written first and stays: it is a condition of every checkout, approval and
//! refund. Then what may still move money comes to its end, each by whoever settles it: a charge that was sent, an
//! approval, a refund. The subscription ends, its key is given up at KakaoPay; then everything is counted into the
//! record, and deleted. What has to be waited for, and KakaoPay when it does not answer, is waited for by
//! `cron_finish_erasures`.
//!
//! The ledger stays: payments in electronic commerce are kept for five years (Enforcement Decree of the Act on the
//! Consumer Protection in Electronic Commerce, article 6). It names the id of an account, which names nobody any more.
//! So do orders that were not paid: they are reconciled, and expire.

mod delete;
mod open;

pub use open::ErasuresFinished;

use billing_rules::subscription::Closed;
use jiff::Timestamp;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, logs};
use maru_vault::VaultError;
use serde::Serialize;

use crate::billing_keys::BillingKeys;
use crate::error::Error;
use crate::store::Store;
use crate::subscriptions::{Commit, Steps};

/// How often it is tried against others that change the same subscription.
const ATTEMPTS: usize = 8;

/// Erases members.
#[derive(Clone, Debug)]
pub struct Eraser {
    store: Store,
    steps: Steps,
    keys: BillingKeys,
}

/// How far an erasure came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Everything is erased.
    Erased,
    /// Something has to come to its end first.
    Waiting,
}

impl FromEnvironment for Eraser {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let (store, steps, keys) = <(Store, Steps, BillingKeys)>::from_environment(environment)?;
        Ok(Self { store, steps, keys })
    }
}

impl Eraser {
    /// Begins to erase `member`, who left at `deleted_at`, and goes on as far as it can.
    ///
    /// # Errors
    /// [`Error`]: begin again, or leave it to `cron_finish_erasures`.
    pub async fn begin(&self, member: &str, deleted_at: Timestamp) -> Result<Progress, Error> {
        // Found by then whatever happens here.
        self.store.open_erasure(member).await?;
        self.store.table().erasure(member).begin(deleted_at).await?;
        self.go_on(member).await
    }

    /// Goes on as far as it can; what it waits for is looked at again later.
    ///
    /// # Errors
    /// As [`Eraser::begin`].
    pub async fn go_on(&self, member: &str) -> Result<Progress, Error> {
        let is_settled = match self.settled(member).await {
            Ok(is_settled) => is_settled,
            Err(error) if is_of_others(&error) => {
                tracing::warn!(member.id = member, error = logs::chain(&error), "an erasure waits");
                false
            }
            Err(error) => return Err(error),
        };
        if !is_settled {
            self.store.postpone_erasure(member).await?;
            return Ok(Progress::Waiting);
        }
        self.store.erase(member).await?;
        self.store.close_erasure(member).await?;
        Ok(Progress::Erased)
    }

    /// Whether nothing can move money for `member` any more, and the key is given up.
    async fn settled(&self, member: &str) -> Result<bool, Error> {
        // An approval may bring a subscription, so it is looked for first.
        if self.store.opening(member).await?.is_some() || !self.ended(member).await? {
            return Ok(false);
        }
        if let Some(subscription) = self.store.subscription(member).await? {
            self.keys.retire(&subscription).await?;
        }
        Ok(!self.store.has_open_refund(member).await?)
    }

    /// Ends the subscription, if there is one, now. `false` while a charge of it may be under way: then it ends as
    /// soon as that is known, and nothing more is charged.
    async fn ended(&self, member: &str) -> Result<bool, Error> {
        for _ in 0..ATTEMPTS {
            let Some(account) = self.store.account(member).await? else { return Ok(true) };
            match account.subscription.rules.closed(&account.charge.rules) {
                Closed::Already => return Ok(true),
                Closed::Unsettled => {
                    self.steps.end(member).await?;
                    return Ok(false);
                }
                Closed::Ended(step) => {
                    if self.steps.commit(&account, &step, None).await? == Commit::Done {
                        return Ok(true);
                    }
                }
            }
        }
        Err(Error::Restless)
    }
}

/// Whether an error is one that time heals: KakaoPay or the key does not answer, or others were faster.
const fn is_of_others(error: &Error) -> bool {
    matches!(
        error,
        Error::KakaoPay(_)
            | Error::UnknownStatus(_)
            | Error::Restless
            | Error::Vault(VaultError::Unavailable(_))
    )
}
