//! `$connect` of the chat's WebSocket: a member connects.

use maru_lambda::Member;
use maru_lambda::websocket::Connected;

use crate::error::Error;
use crate::rooms::Word;
use crate::store::Store;

pub async fn handle((store, word): (Store, Word), connected: Connected<Member>) -> Result<(), Error> {
    store.connect(&connected.connection_id, &connected.caller.id, connected.now, &word).await
}
