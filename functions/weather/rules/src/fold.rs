//! Now, the next six hours and three days out of the editions of a cell.

use jiff::Timestamp;
use serde::Serialize;

use crate::day::Day;
use crate::edition::{Edition, Editions};
use crate::felt::felt;
use crate::hour::{Amount, Hour, Precipitation, Sky};
use maru_seoul::in_seoul;

use crate::{hour_of, hours_after};

/// How many hours and days are told.
const HOURS: i64 = 6;
const DAYS: i32 = 3;

/// For how many hours what was observed is preferred to a forecast: the weather changes more than forecasts err.
const OBSERVED_HOLDS: i64 = 2;

/// The weather of a cell.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Weather {
    /// As it was last observed, if that is not too long ago; else as it was forecast for this hour.
    pub now: Now,
    /// Since when it is known to be so: when it was observed, or the base time of the edition that forecasts it. Of an
    /// hour that an edition took over from an earlier one this is the hour before it, no earlier than it was.
    #[serde(skip)]
    pub known_at: Timestamp,
    /// The next six full hours, as far as they are known.
    pub hours: Vec<Forecast>,
    /// Today in Korea, of which nothing may be known, and the next two days, as far as they are known.
    pub days: Vec<Day>,
}

/// Where the present weather is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Origin {
    /// It was observed.
    Observed,
    /// It was forecast: there is no observation, or only one that is older than two hours.
    Forecast,
}

/// The present weather.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Now {
    /// Where it is known from.
    pub origin: Origin,
    /// What it is like.
    #[serde(flatten)]
    pub conditions: Forecast,
}

/// The weather of an hour; null is what is not known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Forecast {
    /// Which hour.
    pub at: Timestamp,
    /// In ℃.
    pub temperature: Option<f64>,
    /// What that feels like, in ℃, to a tenth.
    pub felt: Option<f64>,
    /// In percent.
    pub humidity: Option<f64>,
    /// What falls.
    pub precipitation: Option<Precipitation>,
    /// How likely anything falls, in percent.
    pub chance: Option<f64>,
    /// In mm.
    pub rain: Option<Amount>,
    /// In cm.
    pub snow: Option<Amount>,
    /// The sky.
    pub sky: Option<Sky>,
    /// In m/s.
    pub wind_speed: Option<f64>,
    /// Where the wind comes from, in degrees from the north.
    pub wind_direction: Option<f64>,
}

/// The weather at `now`; none if the editions say nothing of it.
#[must_use]
pub fn fold(editions: &Editions, now: Timestamp) -> Option<Weather> {
    let hour = hour_of(now);
    let hours = (1..=HOURS).filter_map(|ahead| forecast(editions, hours_after(hour, ahead)));
    let today = in_seoul(now).date();
    let days = (0..DAYS).filter_map(|ahead| {
        let day = today.checked_add(jiff::Span::new().days(ahead)).ok()?;
        let told = editions.short.as_ref().and_then(|edition| Day::of(edition, day));
        // The last edition of a day begins with the next one.
        told.or_else(|| (ahead == 0).then(|| Day::unknown(day)))
    });
    let (present, known_at) = present(editions, hour, now)?;
    Some(Weather {
        now: present,
        known_at,
        hours: hours.map(|hour| Forecast::from(&hour)).collect(),
        days: days.collect(),
    })
}

/// What was observed last, with the sky of the forecast, which no observation has; else what is forecast. And since when
/// it is known.
fn present(editions: &Editions, hour: Timestamp, now: Timestamp) -> Option<(Now, Timestamp)> {
    let observed = editions.observation.as_ref().and_then(|edition| edition.hours.last());
    if observed.is_some_and(|observed| now > hours_after(observed.at, OBSERVED_HOLDS))
        && let Some((expected, known_at)) = newest_forecast(editions, hour)
    {
        return Some((Now { origin: Origin::Forecast, conditions: Forecast::from(&expected) }, known_at));
    }
    let expected = forecast(editions, hour).or_else(|| forecast(editions, hours_after(hour, 1)));
    let (origin, conditions, known_at) = match (observed, expected) {
        (Some(observed), Some(expected)) => {
            let sky = Hour { sky: expected.sky, chance: expected.chance, ..Hour::unknown(hour) };
            (Origin::Observed, observed.or(&sky), Some(observed.at))
        }
        (Some(observed), None) => (Origin::Observed, *observed, Some(observed.at)),
        (None, expected) => {
            let expected = expected?;
            (Origin::Forecast, expected, forecast_at(editions, expected.at))
        }
    };
    Some((Now { origin, conditions: Forecast::from(&conditions) }, known_at?))
}

/// What the newest edition that speaks of `at` says of it, with what the other one knows besides; and since when it is
/// known.
fn newest_forecast(editions: &Editions, at: Timestamp) -> Option<(Hour, Timestamp)> {
    let told = |edition: &Edition| Some((*edition.at(at)?, known_at(edition, at)));
    let [close, far] =
        [&editions.ultra_short, &editions.short].map(|edition| edition.as_ref().and_then(told));
    match (close, far) {
        (Some(close), Some(far)) => {
            let (newer, older) = if far.1 > close.1 { (far, close) } else { (close, far) };
            Some((newer.0.or(&older.0), newer.1))
        }
        (close, far) => close.or(far),
    }
}

/// What is forecast for `at`: of the two forecasts the one of the next hours is the more exact.
fn forecast(editions: &Editions, at: Timestamp) -> Option<Hour> {
    let of = |edition: &Option<Edition>| edition.as_ref().and_then(|edition| edition.at(at)).copied();
    match (of(&editions.ultra_short), of(&editions.short)) {
        (Some(exact), Some(rough)) => Some(exact.or(&rough)),
        (exact, rough) => exact.or(rough),
    }
}

/// Since when is known what [`forecast`] says of `at`: the base time of the more exact of the two that say something.
fn forecast_at(editions: &Editions, at: Timestamp) -> Option<Timestamp> {
    let edition = [&editions.ultra_short, &editions.short]
        .into_iter()
        .flatten()
        .find(|edition| edition.at(at).is_some())?;
    Some(known_at(edition, at))
}

/// Since when is known what `edition` says of `at`.
fn known_at(edition: &Edition, at: Timestamp) -> Timestamp {
    // An edition begins after its base: what lies before was taken over from an earlier one.
    if at > edition.base { edition.base } else { hours_after(at, -1) }
}

impl From<&Hour> for Forecast {
    fn from(hour: &Hour) -> Self {
        let felt = hour.temperature.map(|temperature| felt(temperature, hour.wind_speed, hour.humidity));
        Self {
            at: hour.at,
            temperature: hour.temperature,
            felt: felt.map(|felt| (felt * 10.0).round() / 10.0),
            humidity: hour.humidity,
            precipitation: hour.precipitation,
            chance: hour.chance,
            rain: hour.rain,
            snow: hour.snow,
            sky: hour.sky,
            wind_speed: hour.wind_speed,
            wind_direction: hour.wind_direction,
        }
    }
}

#[cfg(test)]
mod tests;
