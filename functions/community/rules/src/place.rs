//! Places on the Earth, and how far they are from each other.

use serde::{Deserialize, Serialize};

/// The mean radius of the Earth in metres (IUGG R1 of GRS 80: <https://doi.org/10.1007/s001900050278>).
pub const EARTH_RADIUS: f64 = 6_371_008.8;

/// A place in degrees: latitude −90 to 90, longitude −180 to 180.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Coordinates")]
pub struct Place {
    lat: f64,
    lon: f64,
}

/// A place as somebody says it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Coordinates {
    lat: f64,
    lon: f64,
}

/// What is no place on the Earth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    /// A latitude that there is not.
    #[error("lat must be a number from -90 to 90")]
    Latitude,
    /// A longitude that there is not.
    #[error("lon must be a number from -180 to 180")]
    Longitude,
}

impl PlaceError {
    /// Where a query that names a place is wrong, as a JSON Pointer.
    #[must_use]
    pub const fn pointer(self) -> &'static str {
        match self {
            Self::Latitude => "/lat",
            Self::Longitude => "/lon",
        }
    }
}

impl TryFrom<Coordinates> for Place {
    type Error = PlaceError;

    fn try_from(Coordinates { lat, lon }: Coordinates) -> Result<Self, PlaceError> {
        Self::new(lat, lon)
    }
}

impl Place {
    /// The place at `lat` and `lon`, in degrees.
    ///
    /// # Errors
    /// [`PlaceError`] for what is no place.
    pub fn new(lat: f64, lon: f64) -> Result<Self, PlaceError> {
        // What is not a number is in no range.
        if !(-90.0..=90.0).contains(&lat) {
            return Err(PlaceError::Latitude);
        }
        if !(-180.0..=180.0).contains(&lon) {
            return Err(PlaceError::Longitude);
        }
        Ok(Self { lat: storable(lat), lon: storable(lon) })
    }

    /// The latitude in degrees, −90 to 90.
    #[must_use]
    pub const fn lat(self) -> f64 {
        self.lat
    }

    /// The longitude in degrees, −180 to 180.
    #[must_use]
    pub const fn lon(self) -> f64 {
        self.lon
    }

    /// The great-circle distance to `other` in metres, by the haversine formula on a sphere of
    /// [`EARTH_RADIUS`]: within 0.6 % of that on the ellipsoid.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        let half = |one: f64, other: f64| ((other - one).to_radians() / 2.0).sin().powi(2);
        let (north, south) = (self.lat.to_radians(), other.lat.to_radians());
        let haversine = half(self.lat, other.lat) + north.cos() * south.cos() * half(self.lon, other.lon);
        2.0 * EARTH_RADIUS * haversine.clamp(0.0, 1.0).sqrt().asin()
    }
}

/// A coordinate that the database can hold: it knows no number nearer to zero than 10⁻¹³⁰, nor a negative zero. A
/// billionth of a millimetre is no difference of places.
fn storable(degrees: f64) -> f64 {
    if degrees.abs() < 1e-14 { 0.0 } else { degrees }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(lat: f64, lon: f64) -> Place {
        Place::new(lat, lon).unwrap()
    }

    #[test]
    fn a_place_is_on_the_earth() {
        for (lat, lon) in [(90.0, 180.0), (-90.0, -180.0), (0.0, 0.0), (37.5665, 126.978)] {
            assert!(Place::new(lat, lon).is_ok());
        }
        for lat in [90.000_001, -91.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Place::new(lat, 0.0), Err(PlaceError::Latitude));
        }
        for lon in [180.000_001, -181.0, f64::NAN, f64::NEG_INFINITY] {
            assert_eq!(Place::new(0.0, lon), Err(PlaceError::Longitude));
        }
        assert!(place(-0.0, 1e-300).lat().is_sign_positive());
        assert_eq!(place(-0.0, 1e-300), place(0.0, 0.0));
    }

    #[test]
    fn distances_are_those_of_a_sphere() {
        // A degree of a great circle.
        let degree = EARTH_RADIUS.to_radians();
        for (one, other) in [
            (place(0.0, 0.0), place(0.0, 1.0)),
            (place(0.0, 179.5), place(0.0, -179.5)),
            (place(89.5, 0.0), place(89.5, 180.0)),
            (place(36.5, 127.0), place(37.5, 127.0)),
        ] {
            assert!((one.distance(other) - degree).abs() < 1e-3, "{one:?} {other:?}");
            assert!((one.distance(other) - other.distance(one)).abs() < 1e-9);
        }
        // City Hall of Seoul to that of Busan.
        let far = place(37.5665, 126.978).distance(place(35.1798, 129.0750));
        assert!((far - 325_000.0).abs() < 1_000.0, "{far}");
        assert_eq!(place(90.0, 10.0).distance(place(90.0, 10.0)).to_bits(), 0);
        assert!(place(90.0, 10.0).distance(place(90.0, -120.0)) < 1e-6);
        assert!((place(0.0, 0.0).distance(place(0.0, 180.0)) - 180.0 * degree).abs() < 1e-3);
    }
}
