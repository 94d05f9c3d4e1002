//! `GET /consulting/reports/{reportId}`: one of the caller's reports.

use garde::Validate;
use maru_lambda::{Call, Json, Lecturer, Problem};
use serde::Deserialize;

use crate::report::Report;
use crate::store::Store;

/// Which report.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct ReportPath {
    #[garde(length(bytes, min = 1, max = 100))]
    report_id: String,
}

pub async fn handle(store: Store, call: Call<Lecturer, ReportPath>) -> Result<Json<Report>, Problem> {
    let report = store.report(&call.caller.id, &call.path.report_id).await?;
    report.map(Json).ok_or_else(Problem::not_found)
}
