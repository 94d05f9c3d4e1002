//! The weather of one hour.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What falls from the sky.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Precipitation {
    /// Nothing.
    None,
    /// Rain.
    Rain,
    /// Rain and snow.
    Sleet,
    /// Snow.
    Snow,
}

/// How much of the sky is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Sky {
    /// Little of it.
    Clear,
    /// Much of it.
    PartlyCloudy,
    /// All of it.
    Cloudy,
}

/// How much falls within an hour.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Amount {
    /// At least so much.
    pub from: f64,
    /// At most so much; none if there is no bound.
    pub to: Option<f64>,
}

/// The weather of one hour, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Hour {
    /// When.
    pub at: Timestamp,
    /// In ℃.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f64>,
    /// The lowest of the day, in ℃, where the product says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lowest: Option<f64>,
    /// The highest of the day, in ℃, where the product says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub highest: Option<f64>,
    /// In percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub humidity: Option<f64>,
    /// What falls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precipitation: Option<Precipitation>,
    /// How likely anything falls, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chance: Option<f64>,
    /// In mm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rain: Option<Amount>,
    /// In cm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snow: Option<Amount>,
    /// The sky.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sky: Option<Sky>,
    /// In m/s.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wind_speed: Option<f64>,
    /// Where the wind comes from, in degrees from the north.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wind_direction: Option<f64>,
}

impl Hour {
    /// Nothing is known of that hour.
    #[must_use]
    pub const fn unknown(at: Timestamp) -> Self {
        Self {
            at,
            temperature: None,
            lowest: None,
            highest: None,
            humidity: None,
            precipitation: None,
            chance: None,
            rain: None,
            snow: None,
            sky: None,
            wind_speed: None,
            wind_direction: None,
        }
    }

    /// The same with what `other`, which is less exact, knows besides.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        Self {
            at: self.at,
            temperature: self.temperature.or(other.temperature),
            lowest: self.lowest.or(other.lowest),
            highest: self.highest.or(other.highest),
            humidity: self.humidity.or(other.humidity),
            precipitation: self.precipitation.or(other.precipitation),
            chance: self.chance.or(other.chance),
            rain: self.rain.or(other.rain),
            snow: self.snow.or(other.snow),
            sky: self.sky.or(other.sky),
            wind_speed: self.wind_speed.or(other.wind_speed),
            wind_direction: self.wind_direction.or(other.wind_direction),
        }
    }
}
