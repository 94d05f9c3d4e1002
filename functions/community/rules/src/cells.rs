//! Cells: the surface of the Earth in pieces, by which posts around a place are found.
//!
//! A level is a grid: bands of the same height from the South Pole to the North, each cut into so many equal columns
//! that a column is nowhere narrower than the band is high. So a circle whose radius is not more than that height
//! touches at most three bands, and in each at most three columns, but near the poles.
//!
//! There are three levels, each a quarter as high as the one before. A circle is looked up in the smallest cells that
//! are at least as high as its radius: where it is small, few of what is read lies outside.

use std::f64::consts::{FRAC_PI_2, PI, TAU};
use std::fmt;

use crate::place::{EARTH_RADIUS, Place};

/// The largest radius in metres, which is the height of the largest cells.
pub const LARGEST_RADIUS: f64 = 5_000.0;

/// The most cells that a circle touches: nine, and more where columns are few and wide, within 20 km of a pole.
pub const MOST_CELLS: usize = 12;

/// What is added to a circle in radians, six centimetres, so that no rounding leaves out a cell that it touches. What is
/// found there is measured exactly.
const MARGIN: f64 = 1e-8;

/// One of the grids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// 5,000 m.
    Town,
    /// 1,250 m.
    Quarter,
    /// 312.5 m.
    Block,
}

/// A cell of a grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cell {
    level: Level,
    band: u32,
    column: u32,
}

impl Level {
    /// Every level, the largest cells first.
    pub const ALL: [Self; 3] = [Self::Town, Self::Quarter, Self::Block];

    /// The level in which a circle of `radius` metres, at most [`LARGEST_RADIUS`], is looked up.
    #[must_use]
    pub fn of_radius(radius: f64) -> Self {
        let fits = |level: &Self| radius <= level.least_height();
        Self::ALL.into_iter().rev().find(fits).unwrap_or(Self::Town)
    }

    /// So high a band is at least, in metres.
    const fn least_height(self) -> f64 {
        match self {
            Self::Town => LARGEST_RADIUS,
            Self::Quarter => LARGEST_RADIUS / 4.0,
            Self::Block => LARGEST_RADIUS / 16.0,
        }
    }

    /// How many bands there are, from pole to pole.
    fn bands(self) -> u32 {
        whole(PI * EARTH_RADIUS / self.least_height())
    }

    /// How high a band is, in radians.
    fn height(self) -> f64 {
        PI / f64::from(self.bands())
    }

    /// How many columns a band has.
    fn columns(self, band: u32) -> u32 {
        let (south, north) = self.edges(band);
        // At a pole there is nothing to be divided.
        let narrowest = south.cos().min(north.cos()).max(0.0);
        whole(TAU * narrowest / self.height()).max(1)
    }

    /// The latitudes between which a band lies, in radians.
    fn edges(self, band: u32) -> (f64, f64) {
        let edge = |band: u32| f64::from(band) * self.height() - FRAC_PI_2;
        (edge(band), edge(band.saturating_add(1)))
    }

    /// The band of a latitude in radians.
    fn band(self, latitude: f64) -> u32 {
        let last = self.bands() - 1;
        whole((latitude + FRAC_PI_2).max(0.0) / self.height()).min(last)
    }
}

impl Cell {
    /// The cell of `level` in which `place` lies.
    #[must_use]
    pub fn of(level: Level, place: Place) -> Self {
        let band = level.band(place.lat().to_radians());
        let columns = level.columns(band);
        let column = column(place.lon().to_radians(), columns).rem_euclid(i64::from(columns));
        Self { level, band, column: u32::try_from(column).unwrap_or_default() }
    }

    /// The cells that a circle touches, of the level for its radius (in metres, at most [`LARGEST_RADIUS`]): each once,
    /// at most [`MOST_CELLS`].
    #[must_use]
    pub fn around(place: Place, radius: f64) -> Vec<Self> {
        let level = Level::of_radius(radius);
        let circle = Circle::new(place, radius);
        let (south, north) = (circle.latitude - circle.angle, circle.latitude + circle.angle);
        let mut cells = Vec::with_capacity(MOST_CELLS);
        for band in level.band(south)..=level.band(north) {
            let columns = level.columns(band);
            let Some(reach) = circle.reach(level.edges(band)) else { continue };
            let from = column(circle.longitude - reach, columns);
            let to = column(circle.longitude + reach, columns).min(from + i64::from(columns) - 1);
            cells.extend((from..=to).map(|column| {
                let column = u32::try_from(column.rem_euclid(i64::from(columns))).unwrap_or_default();
                Self { level, band, column }
            }));
        }
        cells
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.level {
            Level::Town => 0,
            Level::Quarter => 1,
            Level::Block => 2,
        };
        write!(formatter, "{level}#{}#{}", self.band, self.column)
    }
}

/// A circle on the sphere, in radians.
struct Circle {
    latitude: f64,
    longitude: f64,
    angle: f64,
}

impl Circle {
    fn new(place: Place, radius: f64) -> Self {
        Self {
            latitude: place.lat().to_radians(),
            longitude: place.lon().to_radians(),
            angle: radius / EARTH_RADIUS + MARGIN,
        }
    }

    /// How far to the east and to the west the circle reaches between two latitudes; none if it is not there.
    fn reach(&self, (south, north): (f64, f64)) -> Option<f64> {
        let south = south.max(self.latitude - self.angle);
        let north = north.min(self.latitude + self.angle);
        if south > north {
            return None;
        }
        // With a pole inside, or as good as inside, there is every longitude.
        if self.latitude.abs() + self.angle >= FRAC_PI_2 - MARGIN {
            return Some(PI);
        }
        // Where a meridian touches the circle; to the north and south of there it reaches less and less far.
        let widest = (self.latitude.sin() / self.angle.cos()).clamp(-1.0, 1.0).asin();
        Some(self.half_width(widest.clamp(south, north)) + MARGIN / self.latitude.cos())
    }

    /// Half of the difference of longitudes between the two points of the circle at a latitude.
    fn half_width(&self, latitude: f64) -> f64 {
        let half = |angle: f64| (angle / 2.0).sin().powi(2);
        // The haversine formula, solved for the longitude.
        let rest = half(self.angle) - half(latitude - self.latitude);
        let share = rest / (latitude.cos() * self.latitude.cos());
        2.0 * share.clamp(0.0, 1.0).sqrt().asin()
    }
}

/// The column of a longitude in radians, which may lie beyond the date line.
fn column(longitude: f64, columns: u32) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "at most twice the number of columns")]
    let column = ((longitude + PI) / TAU * f64::from(columns)).floor() as i64;
    column
}

/// The whole part of a number that is not negative and small.
fn whole(number: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "never negative, and small")]
    let whole = number.floor() as u32;
    whole
}

#[cfg(test)]
mod tests;
