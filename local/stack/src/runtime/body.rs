//! A streamed answer, which is part of its invocation: it ends with the timeout or a kill, and holds its
//! concurrency while it lasts.

use futures::StreamExt;
use maru_lambda::StreamReply;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::Instant;

/// `reply` with a body that breaks off at `end` or with the next kill.
pub(super) fn limited(
    reply: StreamReply,
    permit: Option<OwnedSemaphorePermit>,
    end: Instant,
    mut killed: watch::Receiver<u64>,
) -> StreamReply {
    let StreamReply { status, headers, mut body } = reply;
    let body = async_stream::stream! {
        let _permit = permit;
        loop {
            let piece = tokio::select! {
                biased;
                _ = killed.changed() => Some(Err("killed".into())),
                () = tokio::time::sleep_until(end) => Some(Err("timed out".into())),
                piece = body.next() => piece,
            };
            let Some(piece) = piece else { break };
            let broken = piece.is_err();
            yield piece;
            if broken {
                break;
            }
        }
    };
    StreamReply { status, headers, body: Box::pin(body) }
}
