//! Every night: deletes rooms and alerts that ended more than seven days ago.

use maru_lambda::Tick;

use crate::alerts::{Deleted, Ended};
use crate::error::Error;

pub async fn handle(ended: Ended, tick: Tick) -> Result<Deleted, Error> {
    ended.delete(tick.scheduled_time).await
}
