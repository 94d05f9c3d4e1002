//! What goes over the WebSocket: JSON, a frame each.

mod incoming;
mod outgoing;

pub use incoming::{Frame, MOST_BYTES, MOST_CHARACTERS, MOST_SEQUENCE, Unreadable};
pub use outgoing::{Author, Joined, Message, Notice, Outgoing, Status};
