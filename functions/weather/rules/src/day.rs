//! A day out of an edition.

use jiff::civil::Date;
use serde::Serialize;

use crate::edition::Edition;
use crate::hour::{Hour, Precipitation, Sky};
use maru_seoul::in_seoul;

/// How many hours a day has in Korea, every one.
const HOURS: usize = 24;

/// The weather of a day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Day {
    /// Which day in Korea.
    pub day: Date,
    /// In ℃; null if it is not said, and not all hours of the day are known.
    pub lowest: Option<f64>,
    /// In ℃; the same.
    pub highest: Option<f64>,
    /// What falls at some hour of it.
    pub precipitation: Option<Precipitation>,
    /// How likely anything falls, in percent: of the likeliest hour.
    pub chance: Option<f64>,
    /// What most of its hours have.
    pub sky: Option<Sky>,
}

impl Day {
    /// Nothing is known of it.
    #[must_use]
    pub const fn unknown(day: Date) -> Self {
        Self { day, lowest: None, highest: None, precipitation: None, chance: None, sky: None }
    }

    /// What `edition` says of `day`; none if that is nothing.
    #[must_use]
    pub fn of(edition: &Edition, day: Date) -> Option<Self> {
        let hours: Vec<&Hour> = edition.hours.iter().filter(|hour| in_seoul(hour.at).date() == day).collect();
        if hours.is_empty() {
            return None;
        }
        let all = |of: fn(&Hour) -> Option<f64>| hours.iter().filter_map(move |hour| of(hour));
        // What is left of a day has neither its lowest nor its highest.
        let is_whole = all(|hour| hour.temperature).count() >= HOURS;
        let temperatures = || all(|hour| hour.temperature).filter(|_| is_whole);
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
