//! Tells a page of a province's people what changed, and asks for the next page.

use maru_lambda::Message;

use crate::alerts::{Notices, NoticesRequested};
use crate::error::Error;

pub async fn handle(notices: Notices, message: Message<NoticesRequested>) -> Result<(), Error> {
    notices.tell(message.event.data).await
}
