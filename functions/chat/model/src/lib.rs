//! A chat room as a model, of which every interleaving is searched.
//!
//! The model drives the functions that the Lambdas call (`chat_rules`): [`next`](chat_rules::posting::next) decides what
//! one who sends tries, [`wanted`](chat_rules::catch_up::wanted) what a join is given, and a
//! [`View`](chat_rules::view::View) is each client. Around them goes wrong what can: senders die at every step and send
//! again, also by two connections at once; the outbox and both queues deliver as often as they like and in any order;
//! frames overtake each other; connections are cut at any moment, with whatever was under way, and the client joins
//! again with what it has.
//!
//! What is assumed: a transaction is done as a whole or not; a consistent read sees what was written before it; what is
//! in the outbox is sent in the end, and what is in a queue handled.
#![warn(missing_docs)]

mod actions;
mod client;
mod room;
mod sender;

pub use room::{Room, Rules};

/// What holds in every world.
pub mod properties {
    /// The sequence.
    pub const GAPLESS: &str = "messages stand behind each other without gaps";
    /// Idempotent sends.
    pub const ONCE: &str = "a message is stored once however often it is sent";
    /// No answer is taken back.
    pub const KEPT: &str = "what was answered as stored is stored there";
    /// What a client shows.
    pub const IN_ORDER: &str = "a client shows the room's messages in order, none twice, none left out";
    /// Nothing is lost on the way.
    pub const WHOLE: &str = "when nothing is under way any more, every client has everything";
    /// No dead end.
    pub const SETTLES: &str = "as long as something is missing, something goes on";
}
