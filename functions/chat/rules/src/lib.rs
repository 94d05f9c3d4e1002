//! The rules of chat rooms, without any I/O: what may be said, in which order it stands, who is told, and how a client
//! ends with all of it whatever gets lost on the way.
//!
//! - [`frames`]: what goes over the WebSocket.
//! - [`posting`]: messages of a room carry one gapless sequence, each is stored once.
//! - [`catch_up`]: what whoever joins is given.
//! - [`view`]: a client's part: in order, nothing twice, nothing missing.
//! - [`fan_out`]: who sends a message to whom.
//! - [`presence`]: members are counted, not connections.
//!
//! The Lambdas (`functions/chat/src/rooms`) and the model (`functions/chat/model`) call the same functions.
#![warn(missing_docs)]

pub mod catch_up;
pub mod fan_out;
pub mod frames;
pub mod posting;
pub mod presence;
pub mod view;
