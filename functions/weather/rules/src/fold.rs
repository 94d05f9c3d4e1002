//! Now, the next six hours and three days out of the editions of a cell.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::edition::{Edition, Editions};
use crate::felt::felt;
use crate::hour::{Amount, Hour, Precipitation, Sky};
use crate::{hour_of, hours_after, in_korea};

/// How many hours and days are told.
const HOURS: i64 = 6;
const DAYS: i32 = 3;

/// For how many hours what was observed is preferred to a newer forecast.
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
    /// Today and the next two days in Korea, as far as they are known.
    pub days: Vec<Day>,
}

/// Where the present weather is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Origin {
    /// It was observed.
    Observed,
    /// It was forecast: there is no observation, or only one that is older than two hours and than the forecast.
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

/// The weather of a day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Day {
    /// Which day in Korea.
    pub day: Date,
    /// In ℃.
    pub lowest: Option<f64>,
    /// In ℃.
    pub highest: Option<f64>,
    /// What falls at some hour of it.
    pub precipitation: Option<Precipitation>,
    /// How likely anything falls, in percent: of the likeliest hour.
    pub chance: Option<f64>,
    /// What most of its hours have.
    pub sky: Option<Sky>,
}

/// The weather at `now`; none if the editions say nothing of it.
#[must_use]
pub fn fold(editions: &Editions, now: Timestamp) -> Option<Weather> {
    let hour = hour_of(now);
    let hours = (1..=HOURS).filter_map(|ahead| forecast(editions, hours_after(hour, ahead)));
    let today = in_korea(now).date();
    let days = (0..DAYS).filter_map(|ahead| {
        let day = today.checked_add(jiff::Span::new().days(ahead)).ok()?;
        Day::of(editions.short.as_ref()?, day)
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
    let of_hour = forecast(editions, hour);
    let known_at = |hour: &Hour| forecast_at(editions, hour.at);
    let observed = editions.observation.as_ref().and_then(|edition| edition.hours.last());
    let is_old = |observed: &&Hour| now > hours_after(observed.at, OBSERVED_HOLDS);
    let is_overtaken =
        |observed: &&Hour| is_old(observed) && of_hour.as_ref().and_then(known_at) > Some(observed.at);
    let observed = observed.filter(|observed| !is_overtaken(observed));
    let expected = of_hour.or_else(|| forecast(editions, hours_after(hour, 1)));
    let known_at = observed.map(|observed| observed.at).or_else(|| expected.as_ref().and_then(known_at));
    let (origin, conditions) = match (observed, expected) {
        (Some(observed), Some(expected)) => {
            let sky = Hour { sky: expected.sky, chance: expected.chance, ..Hour::unknown(hour) };
            (Origin::Observed, observed.or(&sky))
        }
        (Some(observed), None) => (Origin::Observed, *observed),
        (None, expected) => (Origin::Forecast, expected?),
    };
    Some((Now { origin, conditions: Forecast::from(&conditions) }, known_at?))
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
    // An edition begins after its base: what lies before was taken over from an earlier one.
    Some(if at > edition.base { edition.base } else { hours_after(at, -1) })
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

impl Day {
    fn of(edition: &Edition, day: Date) -> Option<Self> {
        let hours: Vec<&Hour> = edition.hours.iter().filter(|hour| in_korea(hour.at).date() == day).collect();
        if hours.is_empty() {
            return None;
        }
        let all = |of: fn(&Hour) -> Option<f64>| hours.iter().filter_map(move |hour| of(hour));
        let temperatures = || all(|hour| hour.temperature);
        Some(Self {
            day,
            lowest: all(|hour| hour.lowest).next_back().or_else(|| temperatures().reduce(f64::min)),
            highest: all(|hour| hour.highest).next_back().or_else(|| temperatures().reduce(f64::max)),
            precipitation: all_that_falls(hours.iter().filter_map(|hour| hour.precipitation)),
            chance: all(|hour| hour.chance).reduce(f64::max),
            sky: most_common(hours.iter().filter_map(|hour| hour.sky)),
        })
    }
}

/// Rain in one hour and snow in another are both.
fn all_that_falls(hours: impl Iterator<Item = Precipitation>) -> Option<Precipitation> {
    use Precipitation::{None as Nothing, Rain, Sleet, Snow};
    hours.reduce(|one, other| match (one, other) {
        (Nothing, other) => other,
        (one, Nothing) => one,
        (Rain, Rain) => Rain,
        (Snow, Snow) => Snow,
        _ => Sleet,
    })
}

fn most_common(skies: impl Iterator<Item = Sky>) -> Option<Sky> {
    let mut counts = [(Sky::Clear, 0), (Sky::PartlyCloudy, 0), (Sky::Cloudy, 0)];
    for sky in skies {
        for (kind, count) in &mut counts {
            *count += u32::from(*kind == sky);
        }
    }
    // Of equally many the darker.
    counts.into_iter().filter(|(_, count)| *count > 0).max_by_key(|(_, count)| *count).map(|(sky, _)| sky)
}

#[cfg(test)]
mod tests;
