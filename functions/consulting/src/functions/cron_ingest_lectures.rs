//! Every night at 00:10 in Seoul: the run of the day that has just ended.

use maru_lambda::{Tick, day_in_seoul, new_id};
use serde::Serialize;

use crate::error::Error;
use crate::kickoff::Kickoff;
use crate::runs::RunState;

/// What the firing did.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    run_id: String,
    state: RunState,
}

pub async fn handle(kickoff: Kickoff, tick: Tick) -> Result<Report, Error> {
    // By the planned time, not by the clock: a firing that comes late is still of its own day.
    let day = day_in_seoul(tick.scheduled_time).yesterday().map_err(|_| Error::DayNotOver)?;
    let id = new_id("run", kickoff.store().table().clock().now());
    let run = kickoff.run(day, "schedule", &id).await?;
    Ok(Report { run_id: run.id, state: run.state })
}
