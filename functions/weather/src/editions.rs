//! What the weather service says, in the words of the rules.

use maru_kma::{Amount, Conditions, Precipitation, Sky};
use weather_rules::Hour;

/// The hours that a product tells of.
#[must_use]
pub fn hours(told: Vec<Conditions>) -> Vec<Hour> {
    told.iter().map(hour).collect()
}

fn hour(told: &Conditions) -> Hour {
    Hour {
        at: told.at,
        temperature: told.temperature,
        lowest: told.lowest,
        highest: told.highest,
        humidity: told.humidity,
        precipitation: told.precipitation.map(precipitation),
        chance: told.chance,
        rain: told.rain.map(amount),
        snow: told.snow.map(amount),
        sky: told.sky.map(sky),
        wind_speed: told.wind_speed,
        wind_direction: told.wind_direction,
    }
}

const fn precipitation(told: Precipitation) -> weather_rules::Precipitation {
    match told {
        Precipitation::None => weather_rules::Precipitation::None,
        Precipitation::Rain => weather_rules::Precipitation::Rain,
        Precipitation::Sleet => weather_rules::Precipitation::Sleet,
        Precipitation::Snow => weather_rules::Precipitation::Snow,
    }
}

const fn sky(told: Sky) -> weather_rules::Sky {
    match told {
        Sky::Clear => weather_rules::Sky::Clear,
        Sky::PartlyCloudy => weather_rules::Sky::PartlyCloudy,
        Sky::Cloudy => weather_rules::Sky::Cloudy,
    }
}

const fn amount(told: Amount) -> weather_rules::Amount {
    weather_rules::Amount { from: told.from, to: told.to }
}
