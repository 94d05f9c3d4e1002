//! Every hour: reads the weather warnings, and opens, changes and closes alerts and rooms.

use maru_lambda::Tick;

use crate::alerts::{Refresh, Refreshed};
use crate::error::Error;

/// A firing that is tried again asks for the warnings of that moment, not of when it was planned.
pub async fn handle(refresh: Refresh, _: Tick) -> Result<Refreshed, Error> {
    refresh.refresh().await
}
