//! What a member saw, for the other domains.

use jiff::Timestamp;
use maru_kma::Cell;
use maru_lambda::logs;
use maru_province::Province;
use maru_whereabouts::{Conditions, Precipitation, Sight, Sky, Whereabouts};
use weather_rules::{Forecast, Weather};

/// Records where `member` is and what the sky does there. Whoever wants to see the weather shall not wait for it: what
/// cannot be recorded is not.
pub async fn record(
    whereabouts: &Whereabouts,
    member: &str,
    (cell, province): (Cell, Option<Province>),
    weather: &Weather,
    now: Timestamp,
) {
    let conditions = conditions(&weather.now.conditions);
    let sight = Sight {
        member: member.to_owned(),
        province,
        nx: cell.nx,
        ny: cell.ny,
        conditions,
        observed_at: weather.known_at,
        seen_at: now,
    };
    if let Err(error) = whereabouts.record(&sight).await {
        tracing::warn!(error = logs::chain(&error), "where a member is may not have been recorded");
    }
}

fn conditions(now: &Forecast) -> Conditions {
    let precipitation = match now.precipitation {
        Some(weather_rules::Precipitation::Rain) => Precipitation::Rain,
        Some(weather_rules::Precipitation::Sleet) => Precipitation::Sleet,
        Some(weather_rules::Precipitation::Snow) => Precipitation::Snow,
        Some(weather_rules::Precipitation::None) | None => Precipitation::None,
    };
    let sky = match now.sky {
        Some(weather_rules::Sky::Clear) => Sky::Clear,
        Some(weather_rules::Sky::PartlyCloudy) => Sky::PartlyCloudy,
        Some(weather_rules::Sky::Cloudy) => Sky::Cloudy,
        // Nothing falls from a clear sky; else what is most common.
        None if precipitation != Precipitation::None => Sky::Cloudy,
        None => Sky::PartlyCloudy,
    };
    Conditions { temperature: now.temperature, precipitation, sky, wind: now.wind_speed }
}
