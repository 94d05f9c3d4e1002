//! Sends news of a room to some of the connections in it.

use maru_lambda::Message;

use crate::error::Error;
use crate::rooms::{Delivery, FanOutRequested};

pub async fn handle(delivery: Delivery, message: Message<FanOutRequested>) -> Result<(), Error> {
    delivery.hand_out(message.event.data).await
}
