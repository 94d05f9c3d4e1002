//! Weather that nobody measured: it follows from the cell and the hour.
//!
//! A year has its seasons, a day its curve, and about one day in four is wet for some hours. Cells of one region (12 by
//! 12) share the day's temper and its rain, so that neighbours have much the same weather.

use std::f64::consts::TAU;

use jiff::civil::{Date, DateTime};

/// How many cells a region is wide.
const REGION: u16 = 12;

/// What falls from the sky.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Falling {
    /// Nothing.
    Nothing,
    /// Rain.
    Rain,
    /// Rain and snow.
    Sleet,
    /// Snow.
    Snow,
    /// A shower; only a three-day forecast knows it.
    Shower,
}

/// The weather of a cell in an hour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hour {
    /// ℃.
    pub temperature: f64,
    /// %, 0 to 100.
    pub humidity: u8,
    /// Where the wind comes from, in degrees from north.
    pub wind_from: u16,
    /// The wind's speed, m/s.
    pub wind: f64,
    /// 1 clear, 3 partly cloudy, 4 cloudy.
    pub sky: u8,
    /// What falls.
    pub falling: Falling,
    /// How much of it in the hour, mm of water.
    pub millimetres: f64,
}

impl Hour {
    /// A clear and calm hour of this temperature.
    #[must_use]
    pub fn clear(temperature: f64) -> Self {
        Self {
            temperature,
            humidity: 45,
            wind_from: 270,
            wind: 1.5,
            sky: 1,
            falling: Falling::Nothing,
            millimetres: 0.0,
        }
    }

    /// An hour of this temperature in which this falls from a cloudy sky, `millimetres` of it.
    #[must_use]
    pub fn wet(temperature: f64, falling: Falling, millimetres: f64) -> Self {
        Self { humidity: 90, sky: 4, falling, millimetres, ..Self::clear(temperature) }
    }

    /// The invented weather of this cell at this hour of Korea.
    pub(super) fn invented(nx: u16, ny: u16, at: DateTime) -> Self {
        let (date, hour) = (at.date(), at.hour());
        let region = u64::from(nx / REGION) << 16 | u64::from(ny / REGION);
        let temperature = temperature(region, nx, ny, at);
        let wet = Rain::of(region, date).filter(|rain| rain.hours.contains(&hour));
        let draw = Draw::of(&[region, day_number(date), u64::from(hour.unsigned_abs()) / 3, 7]);
        let wind = 0.5 + 4.5 * draw.part(0) + if wet.is_some() { 2.0 } else { 0.0 };
        let wind_from = (360.0 * draw.part(1)) as u16 % 360;
        match wet {
            Some(rain) => {
                let falling = match temperature {
                    ..0.0 => Falling::Snow,
                    ..2.0 => Falling::Sleet,
                    _ => Falling::Rain,
                };
                let millimetres = tenths(rain.strength * (0.4 + draw.part(2)));
                Self { wind, wind_from, ..Self::wet(temperature, falling, millimetres) }
            }
            None => {
                let sky = [1, 1, 3, 4][(draw.part(2) * 4.0) as usize & 3];
                let humidity = (40.0 + 40.0 * draw.part(3)) as u8;
                Self { sky, humidity, wind, wind_from, ..Self::clear(temperature) }
            }
        }
    }

    /// The wind from west to east and from south to north, m/s.
    pub(super) fn components(&self) -> (f64, f64) {
        let angle = f64::from(self.wind_from).to_radians();
        (-self.wind * angle.sin(), -self.wind * angle.cos())
    }

    /// Fresh snow of the hour, cm: about ten times the water.
    pub(super) fn centimetres(&self) -> f64 {
        match self.falling {
            Falling::Snow => self.millimetres,
            Falling::Sleet => self.millimetres / 4.0,
            _ => 0.0,
        }
    }
}

/// The season, the region's day, the time of day, and what one cell differs from the next by.
fn temperature(region: u64, nx: u16, ny: u16, at: DateTime) -> f64 {
    let date = at.date();
    let season = 12.5 - 13.5 * (TAU * f64::from(date.day_of_year() - 20) / 365.0).cos();
    let north = (f64::from(ny) - 100.0) * 0.04;
    let hour = f64::from(at.hour());
    let anomaly = |date: Date| 8.0 * Draw::of(&[region, day_number(date), 1]).part(0) - 4.0;
    // One day passes into the next.
    let (today, tomorrow) = (anomaly(date), anomaly(date.tomorrow().unwrap_or(date)));
    let day = today + (tomorrow - today) * hour / 24.0;
    let cell = Draw::of(&[u64::from(nx), u64::from(ny), 2]).part(0) - 0.5;
    tenths(season - north + day + 4.5 * (TAU * (hour - 9.0) / 24.0).sin() + cell)
}

/// The wet hours of a day, and how many mm fall in one of them, about.
struct Rain {
    hours: std::ops::Range<i8>,
    strength: f64,
}

impl Rain {
    fn of(region: u64, date: Date) -> Option<Self> {
        let draw = Draw::of(&[region, day_number(date), 3]);
        if draw.part(0) >= 0.25 {
            return None;
        }
        let begin = (draw.part(1) * 18.0) as i8;
        let length = 3 + (draw.part(2) * 8.0) as i8;
        Some(Self { hours: begin..begin + length, strength: 0.3 + 9.0 * draw.part(3).powi(3) })
    }
}

fn day_number(date: Date) -> u64 {
    let (year, day) = (date.year().unsigned_abs(), date.day_of_year().unsigned_abs());
    u64::from(year) * 400 + u64::from(day)
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// Four numbers of 0 to 1 that follow from what they are drawn for.
struct Draw(u64);

impl Draw {
    fn of(parts: &[u64]) -> Self {
        Self(parts.iter().fold(0x6d61_7275, |state, part| mix(state ^ part)))
    }

    fn part(&self, place: u64) -> f64 {
        f64::from((mix(self.0.wrapping_add(place)) >> 40) as u32) / f64::from(1_u32 << 24)
    }
}

/// The last steps of splitmix64, which spread a change of one bit over all.
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;

    use super::*;

    fn year_in_seoul() -> Vec<(DateTime, Hour)> {
        let begin = date(2026, 1, 1).at(0, 0, 0, 0);
        let hours = begin.series(1.hour()).take(365 * 24);
        hours.map(|at| (at, Hour::invented(60, 127, at))).collect()
    }

    #[test]
    fn the_same_hour_has_the_same_weather() {
        let at = date(2026, 11, 21).at(6, 0, 0, 0);
        assert_eq!(Hour::invented(60, 127, at), Hour::invented(60, 127, at));
        assert_ne!(Hour::invented(60, 127, at), Hour::invented(98, 76, at));
    }

    #[test]
    fn a_year_is_plausible() {
        let year = year_in_seoul();
        assert!(year.iter().all(|(_, hour)| (-25.0..42.0).contains(&hour.temperature)));
        let mean = |month: i8| {
            let hours: Vec<f64> =
                year.iter().filter(|(at, _)| at.month() == month).map(|(_, hour)| hour.temperature).collect();
            hours.iter().sum::<f64>() / hours.len() as f64
        };
        assert!(mean(1) < 2.0 && mean(7) > 20.0, "{} {}", mean(1), mean(7));
        let wet = year.iter().filter(|(_, hour)| hour.falling != Falling::Nothing).count();
        assert!((200..1_500).contains(&wet), "{wet} wet hours");
        assert!(year.iter().any(|(_, hour)| hour.falling == Falling::Snow));
        for (at, hour) in &year {
            assert_eq!(hour.falling == Falling::Nothing, hour.millimetres == 0.0, "{at}");
            assert!([1, 3, 4].contains(&hour.sky) && hour.humidity <= 100 && hour.wind_from < 360, "{at}");
        }
    }

    #[test]
    fn an_afternoon_is_warmer_than_the_night_before_it_and_no_hour_jumps() {
        let year = year_in_seoul();
        let warmer = year.chunks(24).filter(|day| day[15].1.temperature > day[3].1.temperature + 3.0).count();
        assert!(warmer > 300, "{warmer} days");
        for pair in year.windows(2) {
            let step = (pair[1].1.temperature - pair[0].1.temperature).abs();
            assert!(step < 3.0, "{}: {step}", pair[1].0);
        }
    }
}
