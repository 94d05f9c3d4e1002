//! At midnight: finds the subscriptions that are due, and asks for the charge of each.

use jiff::civil::Date;
use maru_lambda::{Tick, day_in_seoul};
use serde::Serialize;

use crate::error::Error;
use crate::nights::{Counts, RenewalQueue};
use crate::store::Store;

/// What was done.
#[derive(Clone, Debug, Serialize)]
pub struct Planned {
    /// The day that begins.
    day: Date,
    /// How many subscriptions were asked for now.
    asked: u64,
    /// What was done about them, if this night is over already.
    #[serde(skip_serializing_if = "Option::is_none")]
    done: Option<Counts>,
}

pub async fn handle((store, queue): (Store, RenewalQueue), tick: Tick) -> Result<Planned, Error> {
    let day = day_in_seoul(tick.scheduled_time);
    let (night, asked) = store.begin_night(day, &queue).await?;
    Ok(Planned { day, asked, done: night.counts })
}
