//! The warnings of a province changed: begins to tell its people.

use maru_lambda::Event;

use crate::alerts::{AlertChanged, NoticeQueue};
use crate::error::Error;

pub async fn handle(queue: NoticeQueue, event: Event<AlertChanged>) -> Result<(), Error> {
    queue.ask(&event.id, event.occurred_at, &event.data).await
}
