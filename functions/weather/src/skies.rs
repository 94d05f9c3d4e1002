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
use tokio::time::Instant;
use weather_rules::{Edition, Editions, Weather, fold};

use crate::cells::{Claim, KnownCell};
use crate::circuit::FetchError;
use crate::editions::hours;
use crate::error::Error;
use crate::store::Store;

/// How long a fetch may take, with all attempts and pages.
const PATIENCE: Duration = Duration::from_secs(12);

/// How long whoever asks waits at most, for whatever it is: less than the 30 s after which the API gives up, and than the
/// lease of a claim.
const DEADLINE: Duration = Duration::from_secs(24);

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

/// Who asks for what.
#[derive(Clone, Copy, Debug)]
pub struct Looking<'a> {
    /// Which cell.
    pub cell: Cell,
    /// The network of the address that asks.
    pub network: &'a str,
    /// Whether nobody is signed in.
    pub is_guest: bool,
    /// When.
    pub now: Timestamp,
}

/// What came of trying to fetch.
enum Refreshed {
    /// Nothing was due, or somebody else fetches it.
    Nothing,
    /// Something was fetched, or could not be.
    Tried,
    /// The service is left alone until then.
    LeftAlone(Timestamp),
    /// The address, or guests, had enough.
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

    /// The weather of a cell for whoever asks, within 24 s.
    ///
    /// # Errors
    /// [`Error::NothingKnown`], [`Error::Limit`] when there is nothing to be shown; [`Error::Store`].
    pub async fn see(&self, looking: Looking<'_>) -> Result<Seen, Error> {
        let (Looking { cell, now, .. }, end) = (looking, Instant::now() + DEADLINE);
        let known = self.store.cell(cell, now, false).await?;
        let refreshed = self.refresh(&known, looking, end).await?;
        let known = match refreshed {
            Refreshed::Nothing if known.due(now).is_empty() && !known.is_awaited(now) => known,
            Refreshed::LeftAlone(_) => known,
            // Of several products some may have been fetched before it was reached.
            Refreshed::Limited(_) => self.store.cell(cell, now, true).await?,
            Refreshed::Nothing | Refreshed::Tried => self.awaited(cell, now, end).await?,
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
    async fn awaited(&self, cell: Cell, now: Timestamp, end: Instant) -> Result<KnownCell, Error> {
        let end = end.min(Instant::now() + WAIT);
        loop {
            let known = self.store.cell(cell, now, true).await?;
            if !known.is_awaited(now) || Instant::now() >= end {
                return Ok(known);
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    async fn refresh(
        &self,
        known: &KnownCell,
        looking: Looking<'_>,
        end: Instant,
    ) -> Result<Refreshed, Error> {
        let now = looking.now;
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
        match self.store.table().take(&FETCHES, looking.network, now).await {
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
        let fetches =
            claims.iter().map(|claim| self.fetch(claim, known.edition(claim.product), looking, end));
        let mut refreshed = Refreshed::Tried;
        // All are waited for: a claim that nobody gives back would keep the others waiting.
        for fetched in join_all(fetches).await {
            if let Some(limit) = fetched? {
                refreshed = Refreshed::Limited(limit);
            }
        }
        Ok(refreshed)
    }

    /// Fetches what is claimed, or gives the claim back; gives the limit that guests have reached, if they have.
    async fn fetch(
        &self,
        claim: &Claim,
        earlier: Option<&Edition>,
        looking: Looking<'_>,
        end: Instant,
    ) -> Result<Option<LimitError>, Error> {
        let now = looking.now;
        let failure = match self.edition(claim.product, claim.base, looking, end).await {
            Ok(Some(edition)) => {
                self.store.keep(claim, &with(edition, earlier), None, now).await?;
                return Ok(None);
            }
            // Not there yet. What is known is the one before it, or that one is fetched.
            Ok(None) => {
                let again = now.checked_add(LATE).unwrap_or(now);
                let before = claim.product.base_before(claim.base);
                if earlier.is_some_and(|earlier| earlier.base >= before) {
                    self.store.let_go(claim, again, true).await?;
                    return Ok(None);
                }
                match self.edition(claim.product, before, looking, end).await {
                    Ok(Some(edition)) => {
                        self.store.keep(claim, &with(edition, earlier), Some(again), now).await?;
                        return Ok(None);
                    }
                    Ok(None) => FetchError::Nothing,
                    Err(failure) => failure,
                }
            }
            Err(failure) => failure,
        };
        let again = self.store.note_failure(&failure, now).await?;
        self.store.let_go(claim, again, false).await?;
        Ok(match failure {
            FetchError::Guests(limit) => Some(limit),
            _ => None,
        })
    }

    /// An edition out of the service; none if it is not there.
    async fn edition(
        &self,
        product: Product,
        base: Timestamp,
        Looking { cell, is_guest, now, .. }: Looking<'_>,
        end: Instant,
    ) -> Result<Option<Edition>, FetchError> {
        self.store.count_calls(product, is_guest, now).await?;
        let end = end.min(Instant::now() + PATIENCE);
        let told = tokio::time::timeout_at(end, self.kma.forecast(product, cell, base)).await;
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
