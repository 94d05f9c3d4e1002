//! `GET /weather`: now, the next six hours and three days for a place, with a line of advice.

use garde::Validate;
use jiff::Timestamp;
use maru_kma::Cell;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Anyone, Call, Json, Problem};
use maru_province::Province;
use maru_store::network_of;
use maru_whereabouts::Whereabouts;
use serde::{Deserialize, Serialize};
use weather_rules::facts::Facts;
use weather_rules::{Day, Forecast, Now};

use crate::advice::{Advice, Advisor, Asker};
use crate::error::Error;
use crate::skies::{Looking, Seen, Skies};
use crate::{calls, sights};

/// Which place, in degrees.
#[derive(Clone, Copy, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct GetWeather {
    #[garde(range(min = -90.0, max = 90.0))]
    lat: f64,
    #[garde(range(min = -180.0, max = 180.0))]
    lon: f64,
}

/// The weather of the cell that a place is in.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WeatherView {
    cell: CellView,
    province: Option<ProvinceView>,
    /// When the present weather was observed, or for when it was forecast.
    observed_at: Timestamp,
    /// Since it was observed, or since the base time of the edition that forecasts it.
    age_seconds: i64,
    /// Whether something newer should be there.
    stale: bool,
    now: Now,
    hours: Vec<Forecast>,
    days: Vec<Day>,
    advice: Advice,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct CellView {
    nx: u16,
    ny: u16,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct ProvinceView {
    code: &'static str,
    name: &'static str,
}

pub async fn handle(
    (skies, advisor, whereabouts): (Skies, Advisor, Whereabouts),
    call: Call<Anyone, Nothing, GetWeather>,
) -> Result<Json<WeatherView>, Problem> {
    let (GetWeather { lat, lon }, now) = (call.query, call.request.now);
    let cell = Cell::at(lat, lon).ok_or(Error::OutsideGrid)?;
    let province = Province::at(lat, lon);
    let network = network_of(&call.request.source_ip);
    let asker = call.caller.id.as_deref().map_or(calls::Asker::Guest(&network), calls::Asker::Member);
    let seen = skies.see(Looking { cell, asker, now }).await?;
    let facts = Facts::of(&seen.weather, now);
    let advice = match &call.caller.id {
        None => advisor.advise(Asker::Guest, cell, &facts, (now, seen.is_stale)).await,
        Some(member) => {
            sights::record(&whereabouts, member, (cell, province), &seen.weather, now).await;
            let answered = skies.store().survey(member).await?;
            let survey = answered.as_ref().map(|answered| &answered.answers);
            let asker = Asker::Member { id: member, survey };
            advisor.advise(asker, cell, &facts, (now, seen.is_stale)).await
        }
    };
    Ok(Json(view(cell, province, seen, advice, now)))
}

fn view(cell: Cell, province: Option<Province>, seen: Seen, advice: Advice, now: Timestamp) -> WeatherView {
    let Seen { weather, is_stale } = seen;
    let observed_at = weather.now.conditions.at;
    WeatherView {
        cell: CellView { nx: cell.nx, ny: cell.ny },
        province: province.map(|province| ProvinceView { code: province.code(), name: province.name() }),
        observed_at,
        age_seconds: now.duration_since(weather.known_at).as_secs().max(0),
        stale: is_stale,
        now: weather.now,
        hours: weather.hours,
        days: weather.days,
        advice,
    }
}
