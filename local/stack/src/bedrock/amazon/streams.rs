//! A streamed answer on its way back: passed on as it arrives, and read along for the log.

use async_stream::stream;
use bytes::Bytes;
use futures::{Stream, StreamExt};

use crate::bedrock::{
    Outcome,
    calls::OpenCall,
    model::{BROKE_OFF, PIECES_BEFORE_BREAK},
    wire::{
        error::{Kind, ServiceError},
        frame::{self, Frame, FrameReader},
    },
};

/// All bytes. The call is settled before they go out with what they tell, for nobody may read further. A stream that
/// breaks, breaks for the caller too: an exception would not be the service's, and might land inside a frame.
pub(super) fn whole(
    mut call: OpenCall,
    mut bytes: impl Stream<Item = reqwest::Result<Bytes>> + Unpin,
) -> impl Stream<Item = std::io::Result<Bytes>> {
    stream! {
        let mut reader = FrameReader::default();
        while let Some(next) = bytes.next().await {
            match next {
                Ok(piece) => {
                    reader.push(&piece).iter().for_each(|frame| note(&mut call, frame));
                    yield Ok(piece);
                }
                Err(error) => {
                    tracing::info!(%error, "the stream of Amazon Bedrock broke off");
                    call.settle(Outcome::StreamFailed);
                    yield Err(std::io::Error::other(error));
                    return;
                }
            }
        }
        call.settle(Outcome::StreamFailed);
    }
}

fn note(call: &mut OpenCall, frame: &Frame) {
    if let Some(usage) = frame.usage() {
        call.spend(usage);
        call.settle(Outcome::Answered);
    } else if frame.is_failure() {
        call.settle(Outcome::StreamFailed);
    }
}

/// The frames up to a few pieces of the answer, and then an exception, on demand.
pub(super) fn beginning(
    mut call: OpenCall,
    mut bytes: impl Stream<Item = reqwest::Result<Bytes>> + Unpin,
) -> impl Stream<Item = std::io::Result<Bytes>> {
    stream! {
        let mut reader = FrameReader::default();
        let mut pieces = 0;
        'reading: while let Some(Ok(next)) = bytes.next().await {
            for frame in reader.push(&next) {
                if pieces == PIECES_BEFORE_BREAK || frame.is_event("messageStop") {
                    break 'reading;
                }
                pieces += usize::from(frame.is_event("contentBlockDelta"));
                yield frame.write();
            }
        }
        call.settle(Outcome::StreamFailed);
        yield frame::exception(ServiceError::new(Kind::ModelStream, BROKE_OFF));
    }
}
