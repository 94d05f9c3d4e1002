//! A night's reconciliation begins: what of the last days was not looked at is asked for.

use jiff::civil::Date;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use serde::Serialize;

use super::{Check, ReconciliationQueue};
use crate::error::Error;
use crate::store::Store;

/// How many days are looked at: the day before, and those before it for what was entered late or could not be looked
/// up. What is older has been in the dead-letter queue's alarm for days.
const DAYS: usize = 7;

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// The last day that is reconciled.
    pub day: Date,
    /// How many orders with entries in the ledger.
    booked: usize,
    /// How many orders that we have as unpaid.
    unpaid: usize,
    /// How many charges of which nobody knows.
    unknown: usize,
}

/// Finds what has to be looked at.
#[derive(Clone, Debug)]
pub struct Planner {
    store: Store,
    queue: ReconciliationQueue,
}

impl FromEnvironment for Planner {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let (store, queue) = <(Store, ReconciliationQueue)>::from_environment(environment)?;
        Ok(Self { store, queue })
    }
}

impl Planner {
    /// Asks for everything of `day` and the days before it that was not looked at.
    ///
    /// # Errors
    /// [`Error`]: begin again. What is asked for twice is looked at twice, and found once.
    pub async fn ask(&self, day: Date) -> Result<Asked, Error> {
        let now = self.store.now();
        let mut asked = Asked { day, booked: 0, unpaid: 0, unknown: 0 };
        for day in days(day) {
            let booked = self.store.unreconciled(day).await?;
            let unpaid = self.store.unchecked(day).await?;
            asked.booked += booked.len();
            asked.unpaid += unpaid.len();
            let booked = booked.into_iter().map(Check::Booked);
            let checks: Vec<Check> = booked.chain(unpaid.into_iter().map(Check::Unpaid)).collect();
            self.queue.send(day, &checks, now).await?;
        }
        let unknown: Vec<Check> =
            self.store.unknown_charges().await?.into_iter().map(Check::Unknown).collect();
        asked.unknown = unknown.len();
        self.queue.send(day, &unknown, now).await?;
        Ok(asked)
    }
}

/// The days that are looked at, the last one first.
fn days(day: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(day), |day| day.yesterday().ok()).take(DAYS)
}
