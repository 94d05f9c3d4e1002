//! At 01:30: asks for everything of the day before to be held against KakaoPay's books, and for what of the days
//! before it was not yet.

use maru_lambda::{Tick, day_in_seoul};

use crate::error::Error;
use crate::reconciliation::{Asked, Planner};

pub async fn handle(planner: Planner, tick: Tick) -> Result<Asked, Error> {
    let today = day_in_seoul(tick.scheduled_time);
    // There is a day before every day on which a schedule fires.
    planner.ask(today.yesterday().unwrap_or(today)).await
}
