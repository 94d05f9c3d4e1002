//! `GET /admin/billing/differences`: where our books and KakaoPay's did not agree, as found on a day.

use garde::Validate;
use jiff::civil::Date;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Admin, Call, Json, Problem};
use maru_store::{ListQuery, Page};
use serde::Deserialize;

use crate::differences::Difference;
use crate::store::Store;

/// Which differences, and where to go on.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(deny_unknown_fields, default)]
pub struct ListDifferences {
    /// The day on which they were found; today's without one.
    #[garde(skip)]
    day: Option<Date>,
    #[garde(range(min = 1, max = 100))]
    limit: Option<u32>,
    #[garde(length(bytes, max = 2048))]
    cursor: Option<String>,
}

pub async fn handle(
    store: Store,
    call: Call<Admin, Nothing, ListDifferences>,
) -> Result<Json<Page<Difference>>, Problem> {
    let ListDifferences { day, limit, cursor } = call.query;
    let day = day.unwrap_or_else(|| store.table().clock().today());
    Ok(Json(store.differences(day, &call.caller.id, &ListQuery { limit, cursor }).await?))
}
