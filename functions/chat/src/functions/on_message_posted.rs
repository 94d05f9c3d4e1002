//! Something was said in a room, or the number of its participants changed: hands it out, or deals out who is to be sent
//! it.

use maru_lambda::Message;

use crate::error::Error;
use crate::rooms::{Delivery, News};

pub async fn handle(delivery: Delivery, message: Message<News>) -> Result<(), Error> {
    delivery.plan(message.event.data).await
}
