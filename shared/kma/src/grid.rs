//! The grid of the short-term forecasts: cells of five kilometres on a Lambert conformal conic projection.
//!
//! The constants and the published pair of values are those of the guide to `VilageFcstInfoService_2.0`, edition
//! 2024-11-28.

use std::f64::consts::{FRAC_PI_4, PI};

/// The earth's radius in cells: 6,371.00877 km, five kilometres each.
const RADIUS: f64 = 6_371.008_77 / 5.0;

/// The standard parallels and the origin, in degrees.
const SOUTHERN: f64 = 30.0;
const NORTHERN: f64 = 60.0;
const ORIGIN_LATITUDE: f64 = 38.0;
const ORIGIN_LONGITUDE: f64 = 126.0;

/// The origin's cell.
const ORIGIN_X: f64 = 43.0;
const ORIGIN_Y: f64 = 136.0;

/// A cell of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cell {
    /// Counted eastwards, 1 to 149.
    pub nx: u16,
    /// Counted northwards, 1 to 253.
    pub ny: u16,
}

impl Cell {
    /// How many cells the grid has eastwards.
    pub const MOST_X: u16 = 149;

    /// How many cells the grid has northwards.
    pub const MOST_Y: u16 = 253;

    /// The cell of a place, given in degrees; none outside of the grid, which has the Korean peninsula and the sea
    /// around it.
    #[must_use]
    pub fn at(latitude: f64, longitude: f64) -> Option<Self> {
        if !(-90.0..90.0).contains(&latitude) || !(-180.0..=180.0).contains(&longitude) {
            return None;
        }
        let cone = Cone::of_the_grid();
        let mut angle = (longitude - ORIGIN_LONGITUDE).to_radians();
        if angle > PI {
            angle -= 2.0 * PI;
        } else if angle < -PI {
            angle += 2.0 * PI;
        }
        let (distance, angle) = (cone.distance(latitude), angle * cone.opening);
        let x = (distance * angle.sin() + ORIGIN_X + 0.5).floor();
        let y = (cone.distance(ORIGIN_LATITUDE) - distance * angle.cos() + ORIGIN_Y + 0.5).floor();
        Some(Self { nx: whole(x, Self::MOST_X)?, ny: whole(y, Self::MOST_Y)? })
    }
}

impl std::fmt::Display for Cell {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{},{}", self.nx, self.ny)
    }
}

/// The cone that the earth is projected on.
struct Cone {
    /// By how much less an angle around its tip is than the degree of longitude.
    opening: f64,
    /// Its scale.
    scale: f64,
}

impl Cone {
    fn of_the_grid() -> Self {
        let (south, north) = (SOUTHERN.to_radians(), NORTHERN.to_radians());
        let opening = (south.cos() / north.cos()).ln() / (steepness(NORTHERN) / steepness(SOUTHERN)).ln();
        let scale = steepness(SOUTHERN).powf(opening) * south.cos() / opening;
        Self { opening, scale }
    }

    /// How many cells a degree of latitude is from the tip.
    fn distance(&self, latitude: f64) -> f64 {
        RADIUS * self.scale / steepness(latitude).powf(self.opening)
    }
}

fn steepness(latitude: f64) -> f64 {
    (FRAC_PI_4 + latitude.to_radians() / 2.0).tan()
}

/// `number` if it is one of 1 to `most`.
fn whole(number: f64, most: u16) -> Option<u16> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is within the bounds")]
    (1.0..=f64::from(most)).contains(&number).then_some(number as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(latitude: f64, longitude: f64) -> Option<(u16, u16)> {
        Cell::at(latitude, longitude).map(|Cell { nx, ny }| (nx, ny))
    }

    #[test]
    fn the_published_pairs_come_out() {
        // The guide's example, and places of its table.
        assert_eq!(cell(37.488_201, 126.929_810), Some((59, 125)));
        assert_eq!(cell(37.563_569_4, 126.980_008_3), Some((60, 127)), "Seoul");
        assert_eq!(cell(35.177_019_4, 129.076_952_8), Some((98, 76)), "Busan");
        assert_eq!(cell(33.485_694_4, 126.500_333_3), Some((52, 38)), "Jeju");
        assert_eq!(cell(38.0, 126.0), Some((43, 136)), "the origin");
    }

    #[test]
    fn the_city_halls_are_in_the_cells_of_the_table() {
        assert_eq!(cell(37.5665, 126.9780), Some((60, 127)), "Seoul");
        assert_eq!(cell(37.4563, 126.7052), Some((55, 124)), "Incheon");
        assert_eq!(cell(35.1595, 126.8526), Some((58, 74)), "Gwangju");
        assert_eq!(cell(36.3504, 127.3845), Some((67, 100)), "Daejeon");
        assert_eq!(cell(35.5384, 129.3114), Some((102, 84)), "Ulsan");
        assert_eq!(cell(36.4801, 127.2890), Some((66, 103)), "Sejong");
        assert_eq!(cell(37.4844, 130.9057), Some((127, 127)), "Ulleung");
        // Close to the border of two cells: the table, which uses another point of the city, says 90.
        assert_eq!(cell(35.8714, 128.6014), Some((89, 91)), "Daegu");
    }

    #[test]
    fn the_constants_of_the_projection_are_those_of_the_guide() {
        let cone = Cone::of_the_grid();
        assert!((cone.opening - 0.715_566_847_180_628).abs() < 1e-12, "{}", cone.opening);
        assert!((cone.scale - 1.793_025_625_940_422_7).abs() < 1e-12, "{}", cone.scale);
        assert!((cone.distance(38.0) - 1_366.777_782_832_094).abs() < 1e-9, "{}", cone.distance(38.0));
    }

    #[test]
    fn beyond_the_corners_is_nothing() {
        // The middles of the two outermost cells are about 31.79 N 123.76 E and 43.22 N 132.77 E.
        assert_eq!(cell(31.80, 123.77), Some((1, 1)));
        assert_eq!(cell(43.21, 132.76), Some((149, 253)));
        for (latitude, longitude) in [
            (31.70, 123.60),
            (43.40, 133.00),
            (35.68, 139.76),
            (0.0, 0.0),
            (90.0, 126.0),
            (-90.0, 126.0),
            (-37.5, 127.0),
            (37.5, -127.0),
            (37.5, 180.0),
            (37.5, 486.9),
            (f64::NAN, 127.0),
            (37.5, f64::INFINITY),
        ] {
            assert_eq!(cell(latitude, longitude), None, "{latitude}, {longitude}");
        }
    }
}
