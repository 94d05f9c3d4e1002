//! Every five minutes: looks up the refunds of which nobody knows whether they were made.

use maru_lambda::Tick;

use crate::error::Error;
use crate::refunds::{Refunder, RefundsSettled};

pub async fn handle(refunder: Refunder, _: Tick) -> Result<RefundsSettled, Error> {
    refunder.settle_all().await
}
