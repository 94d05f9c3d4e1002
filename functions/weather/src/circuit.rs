//! When the weather service is left alone: all cells share one key, and what refuses one refuses all.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use maru_kma::{KmaError, Product, Said};
use maru_lambda::metrics::{self, Unit};
use maru_lambda::{day_in_seoul, logs, start_of_day};
use maru_store::{Key, Limit, LimitError, StoreError, integer};
use serde::Deserialize;

use crate::store::Store;

/// How many calls a day we make. The portal lets a key of development make 10,000 a day; the rest is for those that
/// are repeated after a failure.
const CALLS: Limit = Limit { name: "kma-calls", per: Duration::from_hours(24), most: 8_000 };

/// How many of them guests can bring about: what is left is for members, whoever walks over the grid.
const GUESTS: Limit = Limit { name: "kma-guest-calls", per: Duration::from_hours(24), most: 4_000 };

/// How many calls we make in a second. The portal answers 30 in a second and refuses more; each of ours may be repeated
/// once, and the seconds are not ours.
const PACE: Limit = Limit { name: "kma-pace", per: Duration::from_secs(1), most: 12 };

/// More failures than these within a minute are an outage. Those of one cell, which has three products, are none.
const FAILURES: Limit = Limit { name: "kma-failures", per: Duration::from_mins(1), most: 6 };

/// The subject of all.
const SERVICE: &str = "forecast";

/// How long the service is left alone in an outage.
const OUTAGE: SignedDuration = SignedDuration::from_secs(60);

/// After how long a cell is worth another attempt that our pace did not allow.
const PAUSE: SignedDuration = SignedDuration::from_secs(2);

/// How long nothing is asked that somebody has to look after first.
const REPAIR: SignedDuration = SignedDuration::from_mins(10);

#[derive(Deserialize)]
struct Circuit {
    until: i64,
}

/// Why nothing was fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The service failed, or refused.
    #[error(transparent)]
    Service(#[from] KmaError),
    /// It did not answer within the time for it.
    #[error("the weather service took too long")]
    TooSlow,
    /// Our own calls of the day are used up.
    #[error("our calls of the day to the weather service are used up")]
    Budget,
    /// Those of the day that guests can bring about are used up; what others bring about is not concerned.
    #[error("the calls of the day that guests can bring about are used up")]
    Guests(#[source] LimitError),
    /// Too many of our calls are made this second.
    #[error("too many calls to the weather service at once")]
    Pace,
    /// It has neither the newest edition nor the one before.
    #[error("the weather service has no such edition")]
    Nothing,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Until when the weather service is left alone; none if it may be asked.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn left_alone_until(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let circuit: Option<Circuit> = self.table().get(&key(), false).await?;
        let until = circuit.and_then(|circuit| Timestamp::from_millisecond(circuit.until).ok());
        Ok(until.filter(|until| *until > now))
    }

    /// Counts the calls of `product` that are about to be made, for a guest or for somebody else.
    ///
    /// # Errors
    /// [`FetchError::Pace`], [`FetchError::Guests`], [`FetchError::Budget`]: those of this second, of guests or of the
    /// day are used up. [`FetchError::Store`].
    pub async fn count_calls(
        &self,
        product: Product,
        is_guest: bool,
        now: Timestamp,
    ) -> Result<(), FetchError> {
        // The longest forecast has about a thousand rows, which is one page or two.
        let calls = if product == Product::Short { 2 } else { 1 };
        for _ in 0..calls {
            // The second in which the call is made, which is later than the one in which it was asked for.
            let _counted = self.table().take(&PACE, SERVICE, self.table().clock().now()).await?;
        }
        for _ in 0..calls {
            if is_guest {
                let _counted = self.table().take(&GUESTS, SERVICE, now).await?;
            }
            let _counted = self.table().take(&CALLS, SERVICE, now).await?;
        }
        Ok(())
    }

    /// Notes that a fetch failed; gives from when on the cell is worth another. What concerns all cells lets the service
    /// be left alone.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn note_failure(&self, error: &FetchError, now: Timestamp) -> Result<Timestamp, StoreError> {
        tell(error, now);
        let tomorrow = || day_in_seoul(now).tomorrow().map_or(now, start_of_day);
        match error {
            FetchError::Service(KmaError::Key(_) | KmaError::Secret(_)) => {
                self.leave_alone(later(now, REPAIR)).await?;
                Ok(later(now, OUTAGE))
            }
            // Too many at once, which passes, or in a day: it does not say.
            FetchError::Service(KmaError::Quota(Said::Status(_))) => {
                self.leave_alone(later(now, REPAIR)).await?;
                Ok(later(now, OUTAGE))
            }
            FetchError::Service(KmaError::Quota(Said::Code(_))) | FetchError::Budget => {
                self.leave_alone(tomorrow()).await?;
                Ok(later(now, OUTAGE))
            }
            FetchError::Service(KmaError::Busy(_) | KmaError::Unavailable(_)) | FetchError::TooSlow => {
                if self.is_outage(now).await? {
                    self.leave_alone(later(now, OUTAGE)).await?;
                }
                Ok(later(now, OUTAGE))
            }
            FetchError::Pace => Ok(later(now, PAUSE)),
            // Nothing is known of the service.
            FetchError::Guests(_) | FetchError::Store(_) => Ok(now),
            // This cell's alone: whoever asks for strange ones shall not silence the others.
            FetchError::Service(KmaError::OurFault(_) | KmaError::Range | KmaError::Malformed(_))
            | FetchError::Nothing => Ok(later(now, REPAIR)),
        }
    }

    async fn is_outage(&self, now: Timestamp) -> Result<bool, StoreError> {
        match self.table().take(&FAILURES, SERVICE, now).await {
            Ok(_) => Ok(false),
            Err(LimitError::Reached { .. }) => Ok(true),
            Err(LimitError::Store(error)) => Err(error),
        }
    }

    async fn leave_alone(&self, until: Timestamp) -> Result<(), StoreError> {
        let update = self
            .table()
            .update(&key())
            .update_expression("SET #until = :until, expiresAt = :expires")
            .condition_expression("attribute_not_exists(#until) OR #until < :until")
            .expression_attribute_names("#until", "until")
            .expression_attribute_values(":until", integer(until.as_millisecond()))
            .expression_attribute_values(":expires", integer(until.as_second()));
        // Refused when it is left alone for longer.
        self.table().update_if(update).await.map(|_| ())
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

/// Somebody has to hear of what does not pass by itself.
fn tell(error: &FetchError, now: Timestamp) {
    let needs_somebody = match error {
        FetchError::Service(error) => error.needs_somebody() || matches!(error, KmaError::Quota(_)),
        FetchError::Budget => true,
        FetchError::TooSlow
        | FetchError::Guests(_)
        | FetchError::Pace
        | FetchError::Nothing
        | FetchError::Store(_) => false,
    };
    let error = logs::chain(error);
    if needs_somebody {
        tracing::error!(error, "the weather service refuses us");
        metrics::emit(now, &[("Service", "weather")], &[("WeatherServiceRefusals", Unit::Count, 1.0)]);
    } else {
        tracing::warn!(error, "nothing came from the weather service");
    }
}

fn key() -> Key {
    Key::new("SERVICE#FORECAST", "CIRCUIT")
}

fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_add(by).unwrap_or(Timestamp::MAX)
}
