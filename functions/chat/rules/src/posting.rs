//! Storing what is said: one gapless sequence a room, each message once.
//!
//! The next message stands at the room's last sequence + 1, under the condition that the last one is still the last.
//! Of many who try at once one is right; the others would try again and again. So whoever was late lays the message down
//! beside the room, where the next who tries takes along what lies there, up to [`MOST_AT_ONCE`]: of two hundred at
//! once most find theirs stored by somebody else. A message is named by its sender and the sender's own name of it; the
//! record of that name is written with the message, under the condition that there is none.

/// The most messages that one transaction stores. It has 100 items at most: of each message itself, its record, its
/// place beside the room and its sender's account, and the room and the word to those who pass it on.
pub const MOST_AT_ONCE: usize = 24;

/// How often one whose message lies beside the room looks before the client is asked to send it again: for about five
/// seconds.
pub const LOOKS: u32 = 60;

/// What a room says about the next message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Head {
    /// The sequence of the last message, 0 if there is none.
    pub sequence: u64,
    /// Whether anything may be said.
    pub open: bool,
}

/// What is to be stored, all or nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Commit<T> {
    /// The room's last sequence as it must still be.
    pub expected: u64,
    /// The messages, each with its sequence, without gaps behind `expected`.
    pub messages: Vec<(u64, T)>,
}

/// What one who sends does next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next<T> {
    /// It is stored, at this sequence.
    Stored(u64),
    /// The room is closed.
    Closed,
    /// Try this.
    Try(Commit<T>),
}

/// What to do about one's own message, which was stored at `record` if it was; `others` lie beside the room and may
/// be taken along.
#[must_use]
pub fn next<T: PartialEq>(
    head: Head,
    record: Option<u64>,
    own: T,
    others: impl IntoIterator<Item = T>,
) -> Next<T> {
    if let Some(sequence) = record {
        return Next::Stored(sequence);
    }
    if !head.open {
        return Next::Closed;
    }
    let mut messages = vec![own];
    for other in others {
        if messages.len() == MOST_AT_ONCE {
            break;
        }
        if !messages.contains(&other) {
            messages.push(other);
        }
    }
    let numbered = (head.sequence + 1..).zip(messages).collect();
    Next::Try(Commit { expected: head.sequence, messages: numbered })
}

/// Whether one whose message lies beside the room tries to store it, at its `look`th look (from 1 on): when the room
/// stands still since the look before, because then nobody else is about to. Where it moves, somebody is, and takes the
/// message along perhaps; but at every third look it is tried all the same, lest others always are quicker.
#[must_use]
pub const fn tries(look: u32, before: u64, now: u64) -> bool {
    before == now || look.is_multiple_of(3)
}

impl<T> Commit<T> {
    /// Whether the room still is as the commit was made for: the condition of its transaction, beside that none of its
    /// messages has a record.
    #[must_use]
    pub fn fits(&self, head: Head) -> bool {
        head.open && head.sequence == self.expected
    }

    /// The first sequence that it gives.
    #[must_use]
    pub fn first(&self) -> u64 {
        self.expected + 1
    }

    /// The last one, which becomes the room's.
    #[must_use]
    pub fn last(&self) -> u64 {
        self.messages.last().map_or(self.expected, |(sequence, _)| *sequence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: Head = Head { sequence: 4, open: true };

    #[test]
    fn the_next_messages_stand_behind_the_last() {
        let Next::Try(commit) = next(OPEN, None, 'a', ['b', 'a', 'c']) else { panic!("there is one to try") };
        assert_eq!(commit, Commit { expected: 4, messages: vec![(5, 'a'), (6, 'b'), (7, 'c')] });
        assert_eq!((commit.first(), commit.last()), (5, 7));
        assert!(commit.fits(OPEN));
        assert!(!commit.fits(Head { sequence: 5, ..OPEN }));
        assert!(!commit.fits(Head { open: false, ..OPEN }));
    }

    #[test]
    fn what_is_stored_is_not_stored_again_even_when_the_room_is_closed() {
        assert_eq!(next(Head { open: false, ..OPEN }, Some(3), 'a', []), Next::Stored(3));
        assert_eq!(next(Head { open: false, ..OPEN }, None, 'a', []), Next::Closed);
    }

    #[test]
    fn who_waits_tries_when_nobody_else_does_and_at_every_third_look() {
        assert!(tries(1, 4, 4));
        assert!(!tries(1, 4, 5) && !tries(2, 5, 6) && tries(3, 6, 7));
    }

    #[test]
    fn a_transaction_has_room_for_as_many_as_it_takes() {
        let Next::Try(commit) = next(OPEN, None, 0, 1..1_000) else { panic!("there is one to try") };
        assert_eq!(commit.messages.len(), MOST_AT_ONCE);
        const { assert!(4 * MOST_AT_ONCE + 2 <= 100) };
    }
}
