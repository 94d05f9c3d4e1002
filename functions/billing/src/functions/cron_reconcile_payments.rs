//! At 01:30: asks for everything of the day before to be held against KakaoPay's books, and for what of the days
//! before it was not yet.

use billing_rules::seoul;
use maru_lambda::Tick;

use crate::error::Error;
use crate::reconciliation::{Asked, Planner};

pub async fn handle(planner: Planner, tick: Tick) -> Result<Asked, Error> {
    let today = seoul::day(tick.scheduled_time);
    // There is a day before every day on which a schedule fires.
    planner.ask(today.yesterday().unwrap_or(today)).await
}
