//! `GET /consulting/dashboard`: all six charts of the caller's lectures.

use garde::Validate;
use jiff::civil::Date;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Json, Lecturer};
use serde::Deserialize;

use crate::dashboard::{Dashboard, Published, Selection};
use crate::error::Error;
use crate::store::Store;

/// What a dashboard shows; all optional.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct DashboardQuery {
    /// One lecture instead of all, where a chart is of one.
    #[garde(length(bytes, max = 200))]
    pub lecture_id: Option<String>,
    /// The first day of the trend.
    #[garde(skip)]
    pub from: Option<Date>,
    /// The last day of the trend.
    #[garde(skip)]
    pub to: Option<Date>,
}

pub async fn handle(
    store: Store,
    call: Call<Lecturer, Nothing, DashboardQuery>,
) -> Result<Json<Dashboard>, Error> {
    let DashboardQuery { lecture_id, from, to } = call.query;
    let selection = Selection { lecture_id, from, to };
    let pointer = store.published().await?;
    let numbers =
        store.numbers(&pointer.generation, &call.caller.id, selection.first_day(pointer.day)?).await?;
    let published =
        Published { day: pointer.day, generation_id: pointer.generation, published_at: pointer.published_at };
    Ok(Json(Dashboard::compute(&numbers, &selection, published)?))
}
