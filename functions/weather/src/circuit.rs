//! When the weather service is left alone: all cells share one key, and what refuses one refuses all.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use maru_kma::{KmaError, Said};
use maru_lambda::metrics::{self, Unit};
use maru_lambda::{day_in_seoul, logs, start_of_day};
use maru_store::{Key, Limit, LimitError, StoreError, integer};
use serde::Deserialize;

use crate::store::Store;

/// More failures than these within a minute are an outage. Those of one cell, which has three products, are none.
const FAILURES: Limit = Limit { name: "kma-failures", per: Duration::from_mins(1), most: 6 };

/// The subject of all.
const SERVICE: &str = "forecast";

/// How long the service is left alone in an outage.
const OUTAGE: SignedDuration = SignedDuration::from_secs(60);

/// After how long a cell is worth another attempt that our pace did not allow.
const PAUSE: SignedDuration = SignedDuration::from_secs(2);

/// After how long it is worth another when the key could not be read: by another process, perhaps.
const HICCUP: SignedDuration = SignedDuration::from_secs(5);

/// How long nothing is asked that somebody has to look after first.
const REPAIR: SignedDuration = SignedDuration::from_mins(10);

/// For how long after a pause it is remembered that there was one.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);

/// What refuses us until somebody looks after it, and that nothing comes.
const REFUSALS: &str = "WeatherServiceRefusals";
const OUTAGES: &str = "WeatherServiceOutages";

/// What is known of the service from earlier calls.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Circuit {
    until: i64,
    /// When a pause for too many calls ends or ended, if nothing was answered since.
    throttled_until: Option<i64>,
}

impl Circuit {
    /// Until when the service is left alone; none if it may be asked.
    #[must_use]
    pub fn left_alone_until(&self, now: Timestamp) -> Option<Timestamp> {
        Timestamp::from_millisecond(self.until).ok().filter(|until| *until > now)
    }

    /// Whether the service is asked for the first time after it refused us for too many calls.
    #[must_use]
    pub fn is_on_trial(&self, now: Timestamp) -> bool {
        self.throttled_until.is_some_and(|until| until <= now.as_millisecond())
    }
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

impl FetchError {
    /// Whether it came before the service was asked anything.
    #[must_use]
    pub const fn is_before_all_calls(&self) -> bool {
        match self {
            Self::Service(error) => matches!(error, KmaError::Secret(_)),
            Self::Budget | Self::Guests(_) | Self::Pace | Self::Store(_) => true,
            Self::TooSlow | Self::Nothing => false,
        }
    }

    /// Of which metric it is one: somebody has to hear of what does not pass by itself, and of what lasts.
    fn metric(&self) -> Option<&'static str> {
        match self {
            Self::Service(KmaError::Quota(_)) | Self::Budget => Some(REFUSALS),
            Self::Service(error) => error.needs_somebody().then_some(REFUSALS),
            Self::Nothing => Some(OUTAGES),
            Self::TooSlow | Self::Guests(_) | Self::Pace | Self::Store(_) => None,
        }
    }
}

impl Store {
    /// What is known of the service; `consistent` sees what was noted a moment ago.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn circuit(&self, consistent: bool) -> Result<Circuit, StoreError> {
        Ok(self.table().get(&key(), consistent).await?.unwrap_or_default())
    }

    /// Notes that a fetch failed; gives from when on the cell is worth another. What concerns all cells lets the service
    /// be left alone.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn note_failure(&self, error: &FetchError, now: Timestamp) -> Result<Timestamp, StoreError> {
        tell(error, now);
        match error {
            FetchError::Service(KmaError::Key(_)) => {
                self.leave_alone(later(now, REPAIR), "").await?;
                Ok(later(now, OUTAGE))
            }
            FetchError::Service(KmaError::Quota(Said::Status(_))) => {
                self.note_throttling(now).await?;
                Ok(later(now, OUTAGE))
            }
            FetchError::Service(KmaError::Quota(Said::Code(_))) | FetchError::Budget => {
                self.leave_alone(tomorrow(now), "").await?;
                Ok(later(now, OUTAGE))
            }
            FetchError::Service(KmaError::Busy(_) | KmaError::Unavailable(_) | KmaError::BrokeOff)
            | FetchError::TooSlow => {
                if self.is_outage(now).await? {
                    measure(OUTAGES, now);
                    self.leave_alone(later(now, OUTAGE), "").await?;
                }
                Ok(later(now, OUTAGE))
            }
            FetchError::Pace => Ok(later(now, PAUSE)),
            // Nothing is known of the service.
            FetchError::Service(KmaError::Secret(_)) => Ok(later(now, HICCUP)),
            FetchError::Guests(_) | FetchError::Store(_) => Ok(now),
            // This cell's alone: whoever asks for strange ones shall not silence the others.
            FetchError::Service(KmaError::OurFault(_) | KmaError::Range | KmaError::Malformed(_))
            | FetchError::Nothing => Ok(later(now, REPAIR)),
        }
    }

    /// Notes that the service answered again after it had refused us for too many calls.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn note_answer(&self, now: Timestamp) -> Result<(), StoreError> {
        let update = self
            .table()
            .update(&key())
            .update_expression("REMOVE throttledUntil")
            .condition_expression("throttledUntil <= :now")
            .expression_attribute_values(":now", integer(now.as_millisecond()));
        // Refused when it has refused us anew.
        self.table().update_if(update).await.map(|_| ())
    }

    /// The portal says 429 without a code when there were too many calls in a second, and also when there were too many
    /// in a day: it does not say which. The first passes in ten minutes, surely. If it is the first answer after those
    /// ten minutes, too, then it was the day, and there is nothing more to be had before the next one.
    async fn note_throttling(&self, now: Timestamp) -> Result<(), StoreError> {
        if self.circuit(true).await?.is_on_trial(now) {
            self.leave_alone(tomorrow(now), " REMOVE throttledUntil").await
        } else {
            self.leave_alone(later(now, REPAIR), ", throttledUntil = :until").await
        }
    }

    async fn is_outage(&self, now: Timestamp) -> Result<bool, StoreError> {
        match self.table().take(&FAILURES, SERVICE, now).await {
            Ok(_) => Ok(false),
            Err(LimitError::Reached { .. }) => Ok(true),
            Err(LimitError::Store(error)) => Err(error),
        }
    }

    /// Lets the service be left alone, and does `more` with the item.
    async fn leave_alone(&self, until: Timestamp, more: &str) -> Result<(), StoreError> {
        let update = self
            .table()
            .update(&key())
            .update_expression(format!("SET #until = :until, expiresAt = :expires{more}"))
            .condition_expression("attribute_not_exists(#until) OR #until < :until")
            .expression_attribute_names("#until", "until")
            .expression_attribute_values(":until", integer(until.as_millisecond()))
            .expression_attribute_values(":expires", integer(later(until, REMEMBERED).as_second()));
        // Refused when it is left alone for longer.
        self.table().update_if(update).await.map(|_| ())
    }
}

fn tell(error: &FetchError, now: Timestamp) {
    let (text, metric) = (logs::chain(error), error.metric());
    if metric == Some(REFUSALS) {
        tracing::error!(error = text, "the weather service refuses us");
    } else {
        tracing::warn!(error = text, "nothing came from the weather service");
    }
    if let Some(metric) = metric {
        measure(metric, now);
    }
}

fn measure(metric: &'static str, now: Timestamp) {
    metrics::emit(now, &[("Service", "weather")], &[(metric, Unit::Count, 1.0)]);
}

fn key() -> Key {
    Key::new("SERVICE#FORECAST", "CIRCUIT")
}

fn tomorrow(now: Timestamp) -> Timestamp {
    day_in_seoul(now).tomorrow().map_or(now, start_of_day)
}

fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_hears_of_what_lasts_and_nobody_of_what_passes() {
        let code = Said::Code(30);
        for (error, metric) in [
            (FetchError::Service(KmaError::Key(code)), Some(REFUSALS)),
            (FetchError::Service(KmaError::Quota(code)), Some(REFUSALS)),
            (FetchError::Budget, Some(REFUSALS)),
            (FetchError::Nothing, Some(OUTAGES)),
            (FetchError::Service(KmaError::Busy(code)), None),
            (FetchError::Service(KmaError::BrokeOff), None),
            (FetchError::TooSlow, None),
            (FetchError::Pace, None),
        ] {
            assert_eq!(error.metric(), metric, "{error:?}");
        }
    }
}
