//! Every minute: asks KakaoPay what became of the orders whose approval's answer was lost, or whose function died.

use maru_lambda::Tick;

use crate::error::Error;
use crate::orders::{OrdersSettled, Settler};

pub async fn handle(settler: Settler, _: Tick) -> Result<OrdersSettled, Error> {
    settler.settle_all().await
}
