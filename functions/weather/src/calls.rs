//! What may be asked of the weather service: so much in a second and in a day, and so much for each who asks.
//!
//! A count that is not used is given back: whoever is refused for one reason shall not use up what others live on.

use std::time::Duration;

use jiff::Timestamp;
use maru_kma::Product;
use maru_store::{Allowance, Limit, LimitError, StoreError};

use crate::circuit::FetchError;
use crate::store::Store;

/// How many calls a day we make. The portal lets a key of development make 10,000 a day; the rest is for those that
/// are repeated after a failure.
const CALLS: Limit = Limit { name: "kma-calls", per: Duration::from_hours(24), most: 8_000 };

/// How many of them guests can bring about: what is left is for members, whoever walks over the grid.
const GUESTS: Limit = Limit { name: "kma-guest-calls", per: Duration::from_hours(24), most: 4_000 };

/// How many calls we make in a second. The portal answers 30 in a second and refuses more; each of ours may be repeated
/// once, and the seconds are not ours.
const PACE: Limit = Limit { name: "kma-pace", per: Duration::from_secs(1), most: 12 };

/// How many cells are fetched for a guest's network, or for a member, in an hour: more than anybody moves through, fewer
/// than would use up the calls of a day.
pub const FETCHES: Limit = Limit { name: "weather-fetches", per: Duration::from_hours(1), most: 60 };

/// How many are fetched for a member in a day: no account can use up those of all others.
pub const FETCHES_OF_DAY: Limit =
    Limit { name: "weather-fetches-of-day", per: Duration::from_hours(24), most: 300 };

/// The subject of what is counted for all together.
const SERVICE: &str = "forecast";

/// For whom something is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker<'a> {
    /// Somebody who is not signed in, by the network of the address: all of a school or a company may have one.
    Guest(&'a str),
    /// A member, by the account.
    Member(&'a str),
}

impl Store {
    /// Counts a cell that is about to be fetched for `asker`.
    ///
    /// # Errors
    /// [`LimitError`]: there were enough for them.
    pub async fn count_fetch(&self, asker: Asker<'_>, now: Timestamp) -> Result<Vec<Allowance>, LimitError> {
        match asker {
            Asker::Guest(network) => self.take_all(&[&FETCHES], network, now).await,
            Asker::Member(account) => self.take_all(&[&FETCHES, &FETCHES_OF_DAY], account, now).await,
        }
    }

    /// Counts the calls of `product` that are about to be made for `asker`.
    ///
    /// # Errors
    /// [`FetchError::Guests`], [`FetchError::Budget`], [`FetchError::Pace`]: those of guests, of the day or of this second
    /// are used up, and nothing is counted. [`FetchError::Store`].
    pub async fn count_calls(
        &self,
        product: Product,
        asker: Asker<'_>,
        now: Timestamp,
    ) -> Result<(), FetchError> {
        // The longest forecast has about a thousand rows, which is one page or two.
        let calls = if product == Product::Short { 2 } else { 1 };
        let guests = if matches!(asker, Asker::Guest(_)) { calls } else { 0 };
        let of_day = [vec![&GUESTS; guests], vec![&CALLS; calls]].concat();
        let taken = self.take_all(&of_day, SERVICE, now).await?;
        // The second in which the call is made, which is later than the one in which it was asked for.
        let second = self.table().clock().now();
        if let Err(error) = self.take_all(&vec![&PACE; calls], SERVICE, second).await {
            self.give_back(taken).await?;
            return Err(error.into());
        }
        Ok(())
    }

    /// Gives back what was taken for what was not done.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn give_back(&self, taken: Vec<Allowance>) -> Result<(), StoreError> {
        for allowance in taken {
            self.table().give_back(allowance).await?;
        }
        Ok(())
    }

    /// Takes one of each limit, in their order, or nothing.
    async fn take_all(
        &self,
        limits: &[&Limit],
        subject: &str,
        at: Timestamp,
    ) -> Result<Vec<Allowance>, LimitError> {
        let mut taken = Vec::with_capacity(limits.len());
        for limit in limits {
            match self.table().take(limit, subject, at).await {
                Ok(allowance) => taken.push(allowance),
                Err(error) => {
                    self.give_back(taken).await?;
                    return Err(error);
                }
            }
        }
        Ok(taken)
    }
}

impl From<LimitError> for FetchError {
    fn from(error: LimitError) -> Self {
        match error {
            LimitError::Reached { limit, .. } if limit.name == PACE.name => Self::Pace,
            LimitError::Reached { limit, .. } if limit.name == GUESTS.name => Self::Guests(error),
            LimitError::Reached { .. } => Self::Budget,
            LimitError::Store(error) => Self::Store(error),
        }
    }
}
