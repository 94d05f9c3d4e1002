//! Every minute: sends the messages whose sender died between the commit and the sending.

use futures::{StreamExt, TryStreamExt};
use maru_lambda::{Clock, Tick};
use maru_outbox::Relay;
use maru_store::StoreError;
use serde::Serialize;

/// How many messages are on their way at a time.
const AT_ONCE: usize = 16;

/// What the firing did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    sent: usize,
}

/// What stopped the firing; the next one goes on.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Said when all others are sent: a message that can never be sent shall not go unnoticed.
    #[error("{left} messages could not be sent, {sent} were")]
    Left { left: usize, sent: usize },
}

pub async fn handle((relay, clock): (Relay, Clock), _: Tick) -> Result<Report, RelayError> {
    let (mut sent, mut left) = (0, 0);
    loop {
        let waiting = relay.waiting(clock.now()).await?;
        if waiting.is_empty() {
            break;
        }
        let forwarding = futures::stream::iter(waiting).map(|one| relay.forward(one));
        let forwarded: Vec<bool> = forwarding.buffer_unordered(AT_ONCE).try_collect().await?;
        let now_sent = forwarded.iter().filter(|sent| **sent).count();
        sent += now_sent;
        left += forwarded.len() - now_sent;
    }
    if left > 0 { Err(RelayError::Left { left, sent }) } else { Ok(Report { sent }) }
}
