//! What whoever joins is given: in order, in pages, until nothing is missing.
//!
//! Whoever joins is entered among those who are told first, and reads then: what is stored before the reading is read,
//! what is stored after it is told. The other way round something could be stored in between and neither.

use std::ops::RangeInclusive;

/// The most messages of a page, and how many are there at once for whoever joins for the first time.
pub const MOST: u64 = 100;

/// The most bytes of the messages of a page: what is sent to a connection has at most 128 KB ("API Gateway quotas for
/// WebSocket API").
pub const MOST_BYTES: usize = 100_000;

/// The messages of one answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Page<M> {
    /// In their order, without gaps.
    pub messages: Vec<M>,
    /// Whether later ones are stored.
    pub more: bool,
}

/// Which messages to read for somebody who has those up to `after`, or none, of a room whose last one is `last`. Empty
/// when there are none.
#[must_use]
pub fn wanted(after: Option<u64>, last: u64) -> RangeInclusive<u64> {
    let first = match after {
        Some(after) => after.saturating_add(1),
        None => last.saturating_sub(MOST - 1).max(1),
    };
    first..=last.min(first.saturating_add(MOST - 1))
}

/// The first of `messages`, as many as one answer takes, of a room whose last message is `last`. `describe` gives the
/// sequence of a message and its size in bytes.
#[must_use]
pub fn page<M>(messages: Vec<M>, last: u64, describe: impl Fn(&M) -> (u64, usize)) -> Page<M> {
    let (mut bytes, mut reached) = (0usize, None);
    let mut taken = Vec::with_capacity(messages.len());
    for message in messages {
        let (sequence, size) = describe(&message);
        bytes = bytes.saturating_add(size);
        if !taken.is_empty() && bytes > MOST_BYTES {
            break;
        }
        reached = Some(sequence);
        taken.push(message);
    }
    Page { messages: taken, more: reached.is_some_and(|reached| reached < last) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_new_is_given_the_last_hundred() {
        assert_eq!(wanted(None, 250), 151..=250);
        assert_eq!(wanted(None, 7), 1..=7);
        assert!(wanted(None, 0).is_empty());
    }

    #[test]
    fn whoever_comes_back_is_given_what_was_missed_in_pages() {
        assert_eq!(wanted(Some(0), 250), 1..=100);
        assert_eq!(wanted(Some(100), 250), 101..=200);
        assert_eq!(wanted(Some(200), 250), 201..=250);
        assert!(wanted(Some(250), 250).is_empty());
        assert!(wanted(Some(u64::MAX), 250).is_empty());
    }

    #[test]
    fn a_page_ends_before_it_is_too_large_and_says_that_there_is_more() {
        let describe = |message: &u64| (*message, 40_000);
        assert_eq!(page(vec![1, 2, 3], 3, describe), Page { messages: vec![1, 2], more: true });
        assert_eq!(page(vec![3], 3, describe), Page { messages: vec![3], more: false });
        assert_eq!(page(vec![1], 1, |_| (1, usize::MAX)).messages, [1]);
        assert_eq!(page(Vec::<u64>::new(), 3, describe), Page { messages: vec![], more: false });
    }
}
