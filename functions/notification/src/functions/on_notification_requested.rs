//! Something happened that a member is to be told of.

use maru_lambda::Message;

use crate::error::Error;
use crate::record::NotificationRequested;
use crate::store::Store;

pub async fn handle(store: Store, message: Message<NotificationRequested>) -> Result<(), Error> {
    store.record(&message.event.id, &message.event.data).await
}
