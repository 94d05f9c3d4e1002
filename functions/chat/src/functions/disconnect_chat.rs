//! `$disconnect` of the chat's WebSocket: takes the connection out of its rooms.

use maru_lambda::websocket::Disconnected;

use crate::error::Error;
use crate::rooms::Word;
use crate::store::Store;

pub async fn handle((store, word): (Store, Word), disconnected: Disconnected) -> Result<(), Error> {
    store.disconnect(&disconnected.connection_id, &word).await
}
