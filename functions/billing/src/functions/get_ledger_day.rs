//! `GET /admin/billing/ledger`: what a day of the ledger adds up to.

use garde::Validate;
use jiff::civil::Date;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Admin, Call, Json};
use serde::Deserialize;

use crate::error::Error;
use crate::ledger_day::LedgerDay;
use crate::store::Store;

/// Which day.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(deny_unknown_fields, default)]
pub struct GetLedgerDay {
    /// Today without one.
    #[garde(skip)]
    day: Option<Date>,
}

pub async fn handle(
    store: Store,
    call: Call<Admin, Nothing, GetLedgerDay>,
) -> Result<Json<LedgerDay>, Error> {
    let day = call.query.day.unwrap_or_else(|| store.table().clock().today());
    Ok(Json(store.ledger_day(day).await?))
}
