//! What advice is given on: whole numbers, so that one line fits many.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::fold::Weather;
use crate::hour::{Precipitation, Sky};
use crate::numbers::Unit;
use maru_seoul::in_seoul;

/// From this speed on, in m/s, wind is worth a word.
const WINDY: i32 = 7;

/// From this chance on, in percent, something is expected to fall.
const LIKELY: f64 = 60.0;

/// What advice is given on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Facts {
    /// In ℃.
    pub temperature: Option<i32>,
    /// What that feels like, in ℃.
    pub felt: Option<i32>,
    /// In percent.
    pub humidity: Option<i32>,
    /// What falls now.
    pub precipitation: Precipitation,
    /// The sky.
    pub sky: Option<Sky>,
    /// In m/s.
    pub wind_speed: Option<i32>,
    /// What falls next within six hours, if nothing falls now.
    pub next: Option<Next>,
    /// The lowest of today, in ℃.
    pub lowest: Option<i32>,
    /// The highest of today, in ℃.
    pub highest: Option<i32>,
}

/// What is going to fall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// What.
    pub precipitation: Precipitation,
    /// From which hour of the day on in Korea, 0 to 23.
    pub hour: i32,
}

impl Default for Facts {
    fn default() -> Self {
        Self {
            temperature: None,
            felt: None,
            humidity: None,
            precipitation: Precipitation::None,
            sky: None,
            wind_speed: None,
            next: None,
            lowest: None,
            highest: None,
        }
    }
}

impl Facts {
    /// The facts of a cell's weather at `now`.
    #[must_use]
    pub fn of(weather: &Weather, now: Timestamp) -> Self {
        let date = in_seoul(now).date();
        let now = &weather.now.conditions;
        let precipitation = now.precipitation.unwrap_or(Precipitation::None);
        let next = weather.hours.iter().find_map(|hour| {
            let falling = hour.precipitation.filter(|falling| *falling != Precipitation::None)?;
            let is_likely = hour.chance.is_none_or(|chance| chance >= LIKELY);
            is_likely.then(|| Next { precipitation: falling, hour: clock_hour(hour.at) })
        });
        let today = weather.days.iter().find(|day| day.day == date);
        Self {
            temperature: now.temperature.map(whole),
            felt: now.felt.map(whole),
            humidity: now.humidity.map(whole),
            precipitation,
            sky: now.sky,
            wind_speed: now.wind_speed.map(whole),
            next: next.filter(|_| precipitation == Precipitation::None),
            lowest: today.and_then(|day| day.lowest).map(whole),
            highest: today.and_then(|day| day.highest).map(whole),
        }
    }

    /// Whether wind is worth a word.
    #[must_use]
    pub fn is_windy(&self) -> bool {
        self.wind_speed.is_some_and(|speed| speed >= WINDY)
    }

    /// The numbers among them that may be said in `unit`; of none in particular, all of them.
    #[must_use]
    pub fn numbers(&self, unit: Unit) -> Vec<i32> {
        let temperatures = [self.temperature, self.felt, self.lowest, self.highest];
        let next = self.next.map(|next| next.hour);
        // An hour of the afternoon is said by twelve as well.
        let by_twelve = next.map(|hour| if hour % 12 == 0 { 12 } else { hour % 12 });
        let of_unit = match unit {
            Unit::Degrees => temperatures.to_vec(),
            Unit::Percent => vec![self.humidity],
            Unit::MetresASecond => vec![self.wind_speed],
            Unit::Hour => vec![next, by_twelve],
            Unit::Other => Vec::new(),
            Unit::None => [&temperatures[..], &[self.humidity, self.wind_speed, next, by_twelve]].concat(),
        };
        of_unit.into_iter().flatten().collect()
    }
}

fn clock_hour(at: Timestamp) -> i32 {
    i32::from(in_seoul(at).hour())
}

#[expect(clippy::cast_possible_truncation, reason = "no weather is beyond a thousand of anything")]
fn whole(number: f64) -> i32 {
    number.clamp(-1_000.0, 1_000.0).round() as i32
}
