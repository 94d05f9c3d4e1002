//! Which missions fit which weather.

use serde::{Deserialize, Serialize};

/// From how many degrees Celsius on it is hot, and up to how many it is cold. Rules of Maru's own: the first is where
/// a parasol is welcome, well before the 33 ℃ of a heat wave advisory; the second is where gloves are.
pub const HOT_FROM: f64 = 27.0;
/// See [`HOT_FROM`].
pub const COLD_UP_TO: f64 = 9.0;

/// The weather that a mission is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    /// [`HOT_FROM`] or more.
    Hot,
    /// [`COLD_UP_TO`] or less.
    Cold,
    /// Rain or sleet falls.
    Rain,
    /// Snow or sleet falls.
    Snow,
    /// A clear sky, and nothing falls.
    Sunny,
    /// A sky with clouds, few or many, and nothing falls.
    Cloudy,
    /// Any weather: drawn when nothing else fits, or nothing that fits is left.
    Any,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 7] =
        [Self::Hot, Self::Cold, Self::Rain, Self::Snow, Self::Sunny, Self::Cloudy, Self::Any];
}

/// What falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Falling {
    /// Nothing.
    Nothing,
    /// Rain.
    Rain,
    /// Rain and snow at once.
    Sleet,
    /// Snow.
    Snow,
}

/// The weather where a member is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weather {
    /// In degrees Celsius; none if it is not known.
    pub temperature: Option<f64>,
    /// What falls.
    pub falling: Falling,
    /// Whether the sky is clear.
    pub is_clear: bool,
}

impl Weather {
    /// Whether a mission for `kind` fits.
    #[must_use]
    pub fn suits(&self, kind: Kind) -> bool {
        let is_dry = self.falling == Falling::Nothing;
        match kind {
            Kind::Hot => self.temperature.is_some_and(|degrees| degrees >= HOT_FROM),
            Kind::Cold => self.temperature.is_some_and(|degrees| degrees <= COLD_UP_TO),
            Kind::Rain => matches!(self.falling, Falling::Rain | Falling::Sleet),
            Kind::Snow => matches!(self.falling, Falling::Snow | Falling::Sleet),
            Kind::Sunny => is_dry && self.is_clear,
            Kind::Cloudy => is_dry && !self.is_clear,
            Kind::Any => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suited(temperature: Option<f64>, falling: Falling, is_clear: bool) -> Vec<Kind> {
        let weather = Weather { temperature, falling, is_clear };
        Kind::ALL.into_iter().filter(|kind| weather.suits(*kind)).collect()
    }

    #[test]
    fn weather_has_the_kinds_that_its_thresholds_say() {
        use Kind::{Any, Cloudy, Cold, Hot, Rain, Snow, Sunny};
        assert_eq!(suited(Some(27.0), Falling::Nothing, true), [Hot, Sunny, Any]);
        assert_eq!(suited(Some(26.9), Falling::Nothing, true), [Sunny, Any]);
        assert_eq!(suited(Some(9.0), Falling::Nothing, false), [Cold, Cloudy, Any]);
        assert_eq!(suited(Some(9.1), Falling::Rain, false), [Rain, Any]);
        assert_eq!(suited(Some(0.5), Falling::Sleet, false), [Cold, Rain, Snow, Any]);
        assert_eq!(suited(None, Falling::Snow, true), [Snow, Any]);
        assert_eq!(suited(Some(f64::NAN), Falling::Nothing, true), [Sunny, Any]);
    }
}
