//! What Converse and `ConverseStream` look like on the wire: requests in, answers, event frames and errors out.
//!
//! The shapes are those of the service's own API reference; the tests hold them against the deserialisers of
//! the unmodified AWS SDK.

pub(super) mod answer;
pub(super) mod error;
pub(super) mod frame;
mod pictures;
pub(super) mod request;
pub(super) mod rules;
pub(super) mod target;
