//! What is said in the rooms, and by whom.
//!
//! The rules are in `chat_rules`; here is what carries them out. A room is an item that [`crate::alerts`] opens and
//! closes; what belongs to it lies beside it:
//!
//! | access | key |
//! |---|---|
//! | a room, with the sequence of its last message | `pk = room#<room>, sk = room` |
//! | how many participants it has, in four parts | `pk = room#<room>, sk = participants#<0–3>` |
//! | that this number is to be announced | `pk = room#<room>, sk = announcement` |
//! | its messages, in their order | `pk = messages#<room>, sk = <sequence, 16 digits>` |
//! | messages that the next who sends takes along | `pk = beside#<room>, sk = <member>#<client id>` |
//! | where a member's message stands, by its client id | `pk = sent#<member>, sk = <room>#<client id>` |
//! | the connections in a room, in four parts | `pk = entered#<room>#<0–3>, sk = <connection>` |
//! | how many connections a member has in a room | `pk = present#<room>#<member>, sk = present` |
//! | a connection, and whose it is | `pk = connection#<connection>, sk = connection` |
//! | the rooms that a connection is in | `pk = connection#<connection>, sk = room#<room>` |
//! | the open connections of a member | `pk = member#<member>, sk = connections` |
//! | what a member is called | `pk = member#<member>, sk = member` |
//! | how far a member has read | `pk = marks#<member>, sk = <room>` |
//! | that a member is gone, and what was erased | `pk = ERASURE#<member>, sk = RECORD` |
//! | how many frames and messages a member sent lately | `pk = LIMIT#<name>#<member>, sk = <window>` |
//!
//! # How much a room takes
//! One transaction stores up to 24 messages ([`chat_rules::posting`]), and one follows the other in about 10 ms. The
//! partition of the messages takes 1,000 write units a second, a message in a transaction costs two: so about 500
//! messages a second, which is more than the ten a second that are read by anybody. The connections are in four
//! partitions, each read once a message in units of 4 KB: 10,000 connections in a room are 90 units a partition.

mod answers;
mod beside;
mod clearing;
mod connections;
mod erasure;
mod fan_out;
mod frames;
mod keys;
mod limits;
mod members;
mod messages;
mod posting;
mod presence;
mod present;
mod refusal;

pub use answers::{Listed, Which};
pub use erasure::Erasure;
pub use fan_out::{Delivery, FanOutRequested, News, Word};
pub use frames::Chat;
pub use refusal::Refusal;
