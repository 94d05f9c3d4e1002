//! A generation that no reader can see any more: deletes it.

use maru_lambda::Message;

use crate::cleanup::forget;
use crate::error::Error;
use crate::files::Files;
use crate::queues::RunReference;
use crate::store::Store;

pub async fn handle((store, files): (Store, Files), message: Message<RunReference>) -> Result<(), Error> {
    forget(&store, &files, &message.event.data.run_id).await
}
