//! Fetching what is claimed: the newest edition, or the one before it.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use maru_kma::Product;
use maru_store::LimitError;
use tokio::time::Instant;
use weather_rules::Edition;

use crate::cells::Claim;
use crate::circuit::FetchError;
use crate::editions::hours;
use crate::error::Error;
use crate::skies::{Looking, Skies};

/// How long a fetch may take, with all attempts and pages.
const PATIENCE: Duration = Duration::from_secs(12);

/// When an edition that is late is asked for again.
const LATE: SignedDuration = SignedDuration::from_mins(2);

/// What came of a claim.
#[derive(Debug, Default)]
pub struct Came {
    /// Whether the service was asked.
    pub is_asked: bool,
    /// Whether it answered.
    pub is_answered: bool,
    /// The limit that guests have reached, if they have.
    pub limit: Option<LimitError>,
}

impl Came {
    const ANSWERED: Self = Self { is_asked: true, is_answered: true, limit: None };

    /// What came of this and another claim.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            is_asked: self.is_asked || other.is_asked,
            is_answered: self.is_answered || other.is_answered,
            limit: self.limit.or(other.limit),
        }
    }
}

impl Skies {
    /// Fetches what is claimed, or gives the claim back.
    pub(super) async fn fetch(
        &self,
        claim: &Claim,
        earlier: Option<&Edition>,
        looking: Looking<'_>,
        end: Instant,
    ) -> Result<Came, Error> {
        let now = looking.now;
        let mut is_answered = false;
        let failure = match self.edition(claim.product, claim.base, looking, end).await {
            Ok(Some(edition)) => {
                self.store.keep(claim, &with(edition, earlier), None, now).await?;
                return Ok(Came::ANSWERED);
            }
            // Not there yet. What is known is the one before it, or that one is fetched.
            Ok(None) => {
                is_answered = true;
                let again = now.checked_add(LATE).unwrap_or(now);
                let before = claim.product.base_before(claim.base);
                if earlier.is_some_and(|earlier| earlier.base >= before) {
                    self.store.let_go(claim, again, true).await?;
                    return Ok(Came::ANSWERED);
                }
                match self.edition(claim.product, before, looking, end).await {
                    Ok(Some(edition)) => {
                        self.store.keep(claim, &with(edition, earlier), Some(again), now).await?;
                        return Ok(Came::ANSWERED);
                    }
                    Ok(None) => FetchError::Nothing,
                    Err(failure) => failure,
                }
            }
            Err(failure) => failure,
        };
        let again = self.store.note_failure(&failure, now).await?;
        self.store.let_go(claim, again, false).await?;
        let is_asked = is_answered || !failure.is_before_all_calls();
        let limit = match failure {
            FetchError::Guests(limit) => Some(limit),
            _ => None,
        };
        Ok(Came { is_asked, is_answered, limit })
    }

    /// An edition out of the service; none if it is not there.
    async fn edition(
        &self,
        product: Product,
        base: Timestamp,
        Looking { cell, asker, now }: Looking<'_>,
        end: Instant,
    ) -> Result<Option<Edition>, FetchError> {
        self.store.count_calls(product, asker, now).await?;
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
