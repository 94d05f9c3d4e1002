//! Every five minutes: goes on with the erasures that had to wait for something, or whose function died.

use maru_lambda::Tick;

use crate::erasure::{Eraser, ErasuresFinished};
use crate::error::Error;

pub async fn handle(eraser: Eraser, _: Tick) -> Result<ErasuresFinished, Error> {
    eraser.go_on_with_all().await
}
