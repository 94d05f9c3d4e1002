//! `$connect` of the chat's WebSocket: a member connects.

use maru_connections::Connections;
use maru_lambda::Member;
use maru_lambda::websocket::Connected;

use crate::error::Error;
use crate::rooms::Word;
use crate::store::Store;

pub async fn handle(
    (store, word, connections): (Store, Word, Connections),
    connected: Connected<Member>,
) -> Result<(), Error> {
    let Connected { connection_id, caller, now, .. } = connected;
    store.connect(&connection_id, &caller.id, now, (&word, &connections)).await
}
