//! `application/vnd.amazon.eventstream`: one frame per event, with its headers and both checksums.
//!
//! The AWS crate that the SDK itself decodes with does the encoding and, of the real service's streams, the decoding.

use aws_smithy_eventstream::frame::{DecodedFrame, MessageFrameDecoder, write_message_to};
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use bytes::{Bytes, BytesMut};
use serde_json::Value;

use super::{
    answer::{Event, Usage},
    error::ServiceError,
};

/// Media type of a streamed answer.
pub(in crate::bedrock) const CONTENT_TYPE: &str = "application/vnd.amazon.eventstream";

/// The frame of one event; `latency_ms` is what the closing `metadata` event reports.
pub(in crate::bedrock) fn event(event: &Event, latency_ms: i64) -> std::io::Result<Bytes> {
    let (event_type, payload) = event.to_wire(latency_ms);
    encode("event", ":event-type", event_type, &payload)
}

/// The frame of an error that ends a stream already begun.
pub(in crate::bedrock) fn exception(error: ServiceError) -> std::io::Result<Bytes> {
    let (exception_type, payload) = error.into_exception();
    encode("exception", ":exception-type", exception_type, &payload)
}

fn encode(
    message_type: &'static str,
    type_header: &'static str,
    type_name: &'static str,
    payload: &Value,
) -> std::io::Result<Bytes> {
    let header =
        |name: &'static str, value: &'static str| Header::new(name, HeaderValue::String(value.into()));
    let headers = vec![
        header(type_header, type_name),
        header(":content-type", "application/json"),
        header(":message-type", message_type),
    ];
    Frame(Message::new_from_parts(headers, payload.to_string())).write()
}

/// One frame of a stream that the service has made.
#[derive(Debug, PartialEq)]
pub(in crate::bedrock) struct Frame(Message);

impl Frame {
    /// Whether this is an event of this `:event-type`.
    pub(in crate::bedrock) fn is_event(&self, event_type: &str) -> bool {
        self.header(":event-type") == Some(event_type)
    }

    /// Whether the stream ends with this frame in an exception of the operation's, or another error.
    pub(in crate::bedrock) fn is_failure(&self) -> bool {
        matches!(self.header(":message-type"), Some("exception" | "error"))
    }

    /// What the call has cost, if this is the `metadata` event that tells it.
    pub(in crate::bedrock) fn usage(&self) -> Option<Usage> {
        Usage::of(self.0.payload()).filter(|_| self.is_event("metadata"))
    }

    /// The frame's bytes.
    pub(in crate::bedrock) fn write(&self) -> std::io::Result<Bytes> {
        let mut bytes = Vec::new();
        write_message_to(&self.0, &mut bytes).map_err(std::io::Error::other)?;
        Ok(bytes.into())
    }

    fn header(&self, name: &str) -> Option<&str> {
        let header = self.0.headers().iter().find(|header| header.name().as_str() == name)?;
        header.value().as_string().ok().map(|value| value.as_str())
    }
}

/// Cuts a stream into its frames, however its bytes arrive.
#[derive(Debug, Default)]
pub(in crate::bedrock) struct FrameReader {
    decoder: MessageFrameDecoder,
    received: BytesMut,
    damaged: bool,
}

impl FrameReader {
    /// The frames that `bytes` completes. After a damaged one there are none: where the next begins is not known.
    pub(in crate::bedrock) fn push(&mut self, bytes: &[u8]) -> Vec<Frame> {
        let mut frames = Vec::new();
        if self.damaged {
            return frames;
        }
        self.received.extend_from_slice(bytes);
        loop {
            match self.decoder.decode_frame(&mut self.received) {
                Ok(DecodedFrame::Complete(message)) => frames.push(Frame(message)),
                Ok(DecodedFrame::Incomplete) => return frames,
                Err(_) => {
                    self.damaged = true;
                    self.received.clear();
                    return frames;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::bedrock::wire::error::Kind;

    fn stream() -> Vec<Bytes> {
        let usage = Usage { input: 12, output: 34 };
        let events =
            [Event::MessageStart, Event::Text { index: 0, piece: "가".into() }, Event::Metadata(usage)];
        events.iter().map(|each| event(each, 5).unwrap()).collect()
    }

    proptest! {
        #[test]
        fn frames_are_the_same_however_their_bytes_arrive(size in 1_usize..400) {
            let mut reader = FrameReader::default();
            let bytes = stream().concat();
            let frames: Vec<Frame> = bytes.chunks(size).flat_map(|piece| reader.push(piece)).collect();
            let written: Vec<Bytes> = frames.iter().map(|frame| frame.write().unwrap()).collect();
            prop_assert_eq!(written, stream());
            let usage: Vec<_> = frames.iter().map(Frame::usage).collect();
            prop_assert_eq!(usage, [None, None, Some(Usage { input: 12, output: 34 })]);
        }
    }

    #[test]
    fn an_exception_is_a_failure_and_an_event_is_none() {
        let exception = exception(ServiceError::new(Kind::Throttling, "slow down")).unwrap();
        let [failure] = &FrameReader::default().push(&exception)[..] else { panic!("one frame") };
        assert!(failure.is_failure() && !failure.is_event("metadata"));
        let frames = FrameReader::default().push(&stream().concat());
        assert!(frames.iter().all(|frame| !frame.is_failure()));
        assert!(frames[1].is_event("contentBlockDelta"));
    }

    #[test]
    fn nothing_is_read_after_a_damaged_frame() {
        let [first, second, third] = &stream()[..] else { panic!("three frames") };
        let mut damaged = second.to_vec();
        damaged[20] ^= 1;
        let mut reader = FrameReader::default();
        assert_eq!(reader.push(&[&first[..], &damaged].concat()).len(), 1);
        assert_eq!(reader.push(third), []);
    }
}
