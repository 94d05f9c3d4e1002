//! `application/vnd.amazon.eventstream`: one frame per event, with its headers and both checksums.
//!
//! The AWS crate that the SDK itself decodes with does the encoding.

use aws_smithy_eventstream::frame::write_message_to;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use bytes::Bytes;
use serde_json::Value;

use super::{answer::Event, error::ServiceError};

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
    let mut frame = Vec::new();
    write_message_to(&Message::new_from_parts(headers, payload.to_string()), &mut frame)
        .map_err(std::io::Error::other)?;
    Ok(frame.into())
}
