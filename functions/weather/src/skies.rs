//! The weather of a cell: what is known, and what is fetched when something newer should be there.
//!
//! One caller fetches for all. The others are shown what is known, however old, with its age; only where nothing is
//! known they wait for it a little.

use std::time::Duration;

use futures::future::join_all;
use jiff::Timestamp;
use maru_kma::{Cell, Kma};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_store::LimitError;
use tokio::time::Instant;
use weather_rules::{Editions, Weather, fold};

use crate::calls::Asker;
use crate::error::Error;
use crate::fetch::Came;
use crate::known::KnownCell;
use crate::store::Store;

/// How long whoever asks waits at most, for whatever it is: less than the 30 s after which the API gives up, and than the
/// lease of a claim.
const DEADLINE: Duration = Duration::from_secs(24);

/// How long others wait for what somebody fetches, and how often they look.
const WAIT: Duration = Duration::from_secs(14);
const LOOK: Duration = Duration::from_millis(200);

/// When to come again if nothing else says so, in seconds.
const SOON: u64 = 5;

/// The weather of cells.
#[derive(Clone, Debug)]
pub struct Skies {
    pub(super) store: Store,
    pub(super) kma: Kma,
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
    /// Who.
    pub asker: Asker<'a>,
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
    /// Whoever asks, or guests, had enough.
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
        let circuit = self.store.circuit(false).await?;
        if let Some(until) = circuit.left_alone_until(now) {
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
        let counted = match self.store.count_fetch(looking.asker, now).await {
            Ok(counted) => counted,
            Err(error) => {
                for claim in &claims {
                    self.store.let_go(claim, now, false).await?;
                }
                return match error {
                    LimitError::Reached { .. } => Ok(Refreshed::Limited(error)),
                    LimitError::Store(error) => Err(error.into()),
                };
            }
        };
        let fetches =
            claims.iter().map(|claim| self.fetch(claim, known.edition(claim.product), looking, end));
        let mut came = Came::default();
        // All are waited for: a claim that nobody gives back would keep the others waiting.
        for fetched in join_all(fetches).await {
            came = came.and(fetched?);
        }
        if !came.is_asked {
            self.store.give_back(counted).await?;
        }
        if came.is_answered && circuit.is_on_trial(now) {
            self.store.note_answer(now).await?;
        }
        Ok(came.limit.map_or(Refreshed::Tried, Refreshed::Limited))
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
