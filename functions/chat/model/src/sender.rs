//! Whoever sends: looks, tries, lays the message beside the room when somebody was quicker, looks again.

use chat_rules::posting::Commit;

/// A message, by its sender and the sender's name of it.
pub type Letter = u8;

/// Where one who sends a message is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Sender {
    /// Has not begun, or begins again.
    Begins,
    /// Has read the room's last sequence.
    Looked {
        /// That sequence.
        sequence: u64,
        /// Whether the own message lies beside the room by now.
        laid_down: bool,
    },
    /// Is about to store this.
    Tries(Commit<Letter>),
    /// Somebody was quicker.
    Late,
    /// The client was told that it is stored, and where.
    Stored(u64),
    /// Died, and the client does not send it again.
    Gone,
}

impl Sender {
    /// Whether nothing more comes from there.
    pub fn is_done(&self) -> bool {
        matches!(self, Self::Stored(_) | Self::Gone)
    }
}
