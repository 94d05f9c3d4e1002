//! `POST /admin/consulting/runs`: the run of a day; yesterday's without one.

use garde::Validate;
use http::StatusCode;
use jiff::civil::Date;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Admin, Call, Problem, Reply};
use maru_store::Attempt;
use serde::Deserialize;

use crate::kickoff::Kickoff;
use crate::runs::RunView;

/// For which day.
#[derive(Clone, Copy, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct CreateRun {
    #[garde(skip)]
    #[serde(default)]
    day: Option<Date>,
}

pub async fn handle(
    kickoff: Kickoff,
    call: Call<Admin, Nothing, Nothing, CreateRun>,
) -> Result<Reply, Problem> {
    let work = async |attempt: Attempt| {
        let today = kickoff.store().table().clock().today();
        let day = match call.body.day {
            Some(day) => day,
            None => today.yesterday().map_err(Problem::internal)?,
        };
        let run = kickoff.run(day, &call.caller.id, &attempt.id("run")).await?;
        // A day that is done stays as it is.
        let status = if run.state.has_ended() { StatusCode::OK } else { StatusCode::ACCEPTED };
        Ok(Reply::json(status, &RunView::from(run)))
    };
    kickoff.store().table().idempotent("create_run", &call.request, work).await
}
