//! The weather of a cell: what is known, and what is fetched when something newer should be there.
//!
//! One caller fetches for all. The others are shown what is known, however old, with its age; only where nothing is
//! known they wait for it a little.

use std::time::Duration;

use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use maru_kma::{Cell, Kma, Product};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_store::{Limit, LimitError};
use weather_rules::{Edition, Editions, Weather, fold};

use crate::cells::{Claim, KnownCell};
use crate::circuit::FetchError;
use crate::editions::hours;
use crate::error::Error;
use crate::store::Store;

/// How long a fetch may take, with all attempts and pages.
const PATIENCE: Duration = Duration::from_secs(12);

/// How long others wait for what somebody fetches, and how often they look.
const WAIT: Duration = Duration::from_secs(14);
const LOOK: Duration = Duration::from_millis(200);

/// When an edition that is late is asked for again.
const LATE: SignedDuration = SignedDuration::from_mins(2);

/// How many cells are fetched for an address in an hour: more than anybody moves through, fewer than would use up the
/// calls of a day.
const FETCHES: Limit = Limit { name: "weather-fetches", per: Duration::from_hours(1), most: 60 };

/// When to come again if nothing else says so, in seconds.
const SOON: u64 = 5;

/// The weather of cells.
#[derive(Clone, Debug)]
pub struct Skies {
    store: Store,
    kma: Kma,
}

/// The weather of a cell.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The weather.
    pub weather: Weather,
    /// Whether something newer should be there.
    pub is_stale: bool,
}

/// What came of trying to fetch.
enum Refreshed {
    /// Nothing was due, or somebody else fetches it.
    Nothing,
    /// Something was fetched, or could not be.
    Tried,
    /// The service is left alone until then.
    LeftAlone(Timestamp),
    /// The address had enough.
    Limited(LimitError),
}

impl FromEnvironment for Skies {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self { store: Store::from_environment(environment)?, kma: Kma::from_environment(environment)? })
    }
}

impl Skies {
    /// The weather table.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The weather of `cell` for somebody at the address `network`.
    ///
    /// # Errors
    /// [`Error::NothingKnown`], [`Error::Limit`] when there is nothing to be shown; [`Error::Store`].
    pub async fn see(&self, cell: Cell, network: &str, now: Timestamp) -> Result<Seen, Error> {
        let known = self.store.cell(cell, now, false).await?;
        let refreshed = self.refresh(&known, cell, network, now).await?;
        let known = match refreshed {
            Refreshed::Nothing if known.due(now).is_empty() && !known.is_awaited(now) => known,
            Refreshed::LeftAlone(_) | Refreshed::Limited(_) => known,
            Refreshed::Nothing | Refreshed::Tried => self.awaited(cell, now).await?,
        };
        if let Some(seen) = seen(&known, now) {
            return Ok(seen);
        }
        match refreshed {
            Refreshed::Limited(error) => Err(error.into()),
            Refreshed::LeftAlone(until) => Err(nothing_known(Some(until), now)),
            Refreshed::Nothing | Refreshed::Tried => Err(nothing_known(known.ask_again_at(), now)),
        }
    }

    /// What is known as soon as nobody is about to fetch what is missing.
    async fn awaited(&self, cell: Cell, now: Timestamp) -> Result<KnownCell, Error> {
        let end = tokio::time::Instant::now() + WAIT;
        loop {
            let known = self.store.cell(cell, now, true).await?;
            if !known.is_awaited(now) || tokio::time::Instant::now() >= end {
                return Ok(known);
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    async fn refresh(
        &self,
        known: &KnownCell,
        cell: Cell,
        network: &str,
        now: Timestamp,
    ) -> Result<Refreshed, Error> {
        let due = known.due(now);
        if due.is_empty() {
            return Ok(Refreshed::Nothing);
        }
        if let Some(until) = self.store.left_alone_until(now).await? {
            return Ok(Refreshed::LeftAlone(until));
        }
        let mut claims = Vec::with_capacity(due.len());
        for product in due {
            match self.store.claim(known, product, now).await? {
                Some(claim) => claims.push(claim),
                // Whoever has this one has the others, or soon will.
                None => break,
            }
        }
        if claims.is_empty() {
            return Ok(Refreshed::Nothing);
        }
        match self.store.table().take(&FETCHES, network, now).await {
            Ok(_) => {}
            Err(error) => {
                for claim in &claims {
                    self.store.let_go(claim, now, false).await?;
                }
                return match error {
                    LimitError::Reached { .. } => Ok(Refreshed::Limited(error)),
                    LimitError::Store(error) => Err(error.into()),
                };
            }
        }
        let fetches = claims.iter().map(|claim| self.fetch(claim, known.edition(claim.product), cell, now));
        // All are waited for: a claim that nobody gives back would keep the others waiting.
        for fetched in join_all(fetches).await {
            fetched?;
        }
        Ok(Refreshed::Tried)
    }

    async fn fetch(
        &self,
        claim: &Claim,
        earlier: Option<&Edition>,
        cell: Cell,
        now: Timestamp,
    ) -> Result<(), Error> {
        let failure = match self.edition(claim.product, cell, claim.base, now).await {
            Ok(Some(edition)) => return self.store.keep(claim, &with(edition, earlier), None, now).await,
            // Not there yet. What is known is the one before it, or that one is fetched.
            Ok(None) => {
                let again = now.checked_add(LATE).unwrap_or(now);
                let before = claim.product.base_before(claim.base);
                if earlier.is_some_and(|earlier| earlier.base >= before) {
                    return Ok(self.store.let_go(claim, again, true).await?);
                }
                match self.edition(claim.product, cell, before, now).await {
                    Ok(Some(edition)) => {
                        return self.store.keep(claim, &with(edition, earlier), Some(again), now).await;
                    }
                    Ok(None) => FetchError::Nothing,
                    Err(failure) => failure,
                }
            }
            Err(failure) => failure,
        };
        let again = self.store.note_failure(&failure, now).await?;
        Ok(self.store.let_go(claim, again, false).await?)
    }

    /// An edition out of the service; none if it is not there.
    async fn edition(
        &self,
        product: Product,
        cell: Cell,
        base: Timestamp,
        now: Timestamp,
    ) -> Result<Option<Edition>, FetchError> {
        match self.store.count_calls(product, now).await {
            Ok(()) => {}
            Err(LimitError::Reached { .. }) => return Err(FetchError::Budget),
            Err(LimitError::Store(error)) => return Err(FetchError::Store(error)),
        }
        let told = tokio::time::timeout(PATIENCE, self.kma.forecast(product, cell, base)).await;
        let told = told.map_err(|_| FetchError::TooSlow)??;
        Ok((!told.is_empty()).then(|| Edition::new(base, hours(told))))
    }
}

fn with(edition: Edition, earlier: Option<&Edition>) -> Edition {
    match earlier {
        Some(earlier) => edition.with_the_day_so_far(earlier),
        None => edition,
    }
}

fn seen(known: &KnownCell, now: Timestamp) -> Option<Seen> {
    let editions: Editions = known.editions();
    Some(Seen { weather: fold(&editions, now)?, is_stale: known.is_stale(now) })
}

fn nothing_known(again: Option<Timestamp>, now: Timestamp) -> Error {
    let seconds = again.map(|again| again.duration_since(now).as_secs());
    let retry_after = seconds.and_then(|seconds| u64::try_from(seconds).ok()).filter(|seconds| *seconds > 0);
    Error::NothingKnown { retry_after: retry_after.unwrap_or(SOON) }
}
