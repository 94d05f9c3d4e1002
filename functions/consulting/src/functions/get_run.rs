//! `GET /admin/consulting/runs/{runId}`: one run.

use garde::Validate;
use maru_lambda::{Admin, Call, Json, Problem};
use serde::Deserialize;

use crate::runs::RunView;
use crate::store::Store;

/// Which run.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct RunPath {
    #[garde(length(bytes, min = 1, max = 100))]
    run_id: String,
}

pub async fn handle(store: Store, call: Call<Admin, RunPath>) -> Result<Json<RunView>, Problem> {
    let run = store.run(&call.path.run_id).await?;
    run.map(|run| Json(run.into())).ok_or_else(Problem::not_found)
}
