//! A client's part: what it has of a room is gapless and in order at every moment, whatever is sent twice, overtakes or
//! gets lost.
//!
//! This is the reference of every client, the page's and the tests': tell it what arrives, show what it gives, and send
//! a `join` with the `after` that it asks for. A message that comes too early waits for those before it. Often they are
//! under way: a client may wait a moment before it asks.
//!
//! A `join` times out: its answer can be lost, and while one is under way no other is asked for. A client that has no
//! answer after five seconds calls [`View::joining`] again, and so does one that gets a frame of the gateway's own.

use std::collections::BTreeMap;

/// How many messages that came too early are kept; the latest of more are read again.
const MOST_AHEAD: usize = 500;

/// What a client has of a room.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct View<M> {
    /// The sequence of the last message that was shown; none before the first answer to a `join`.
    last: Option<u64>,
    /// The highest sequence heard of.
    heard_of: u64,
    /// What came too early.
    ahead: BTreeMap<u64, M>,
    /// Whether a `join` is under way.
    asked: bool,
}

/// What follows from something that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard<M> {
    /// Show these, behind what was shown.
    pub shown: Vec<(u64, M)>,
    /// Send a `join` with this `after`: something is missing, and none is under way.
    pub ask: Option<u64>,
}

impl<M> Default for View<M> {
    fn default() -> Self {
        Self { last: None, heard_of: 0, ahead: BTreeMap::new(), asked: false }
    }
}

impl<M> View<M> {
    /// A `join` is about to be sent, on a new connection perhaps, or because the one before was not answered in time:
    /// gives its `after`. What was under way is lost.
    pub fn joining(&mut self) -> Option<u64> {
        self.asked = true;
        self.last
    }

    /// The connection is gone, and with it whatever was under way.
    pub fn disconnected(&mut self) {
        self.asked = false;
    }

    /// The answer to a `join`: messages with their sequences, of a room whose last one is `sequence`.
    pub fn joined(&mut self, sequence: u64, messages: impl IntoIterator<Item = (u64, M)>) -> Heard<M> {
        self.asked = false;
        let mut messages = messages.into_iter().peekable();
        if self.last.is_none() {
            // A new client begins with the first message that it is given, or with the next that is said.
            self.last = Some(messages.peek().map_or(sequence, |(first, _)| first.saturating_sub(1)));
        }
        self.heard_of = self.heard_of.max(sequence);
        self.take(messages)
    }

    /// Messages that were said.
    pub fn said(&mut self, messages: impl IntoIterator<Item = (u64, M)>) -> Heard<M> {
        self.take(messages)
    }

    /// The sequence of the last message that was shown; none before the first answer to a `join`.
    #[must_use]
    pub fn last(&self) -> Option<u64> {
        self.last
    }

    /// Whether everything that was heard of is shown.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.last.is_some_and(|last| last >= self.heard_of)
    }

    fn take(&mut self, messages: impl IntoIterator<Item = (u64, M)>) -> Heard<M> {
        for (sequence, message) in messages {
            self.heard_of = self.heard_of.max(sequence);
            let is_new = self.last.is_none_or(|last| sequence > last);
            if is_new {
                self.ahead.insert(sequence, message);
            }
            if self.ahead.len() > MOST_AHEAD {
                self.ahead.pop_last();
            }
        }
        let Some(mut last) = self.last else { return Heard { shown: Vec::new(), ask: None } };
        self.ahead.retain(|sequence, _| *sequence > last);
        let mut shown = Vec::new();
        while let Some(message) = self.ahead.remove(&(last + 1)) {
            last += 1;
            shown.push((last, message));
        }
        self.last = Some(last);
        let missing = last < self.heard_of && !self.asked;
        Heard { shown, ask: missing.then(|| self.joining()).flatten() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::catch_up;

    fn shown(heard: Heard<u64>) -> Vec<u64> {
        heard
            .shown
            .into_iter()
            .map(|(sequence, message)| {
                assert_eq!(sequence, message);
                sequence
            })
            .collect()
    }

    fn joined(view: &mut View<u64>, last: u64, messages: std::ops::RangeInclusive<u64>) -> Heard<u64> {
        view.joined(last, messages.map(|sequence| (sequence, sequence)))
    }

    #[test]
    fn what_comes_too_early_waits_and_what_comes_twice_is_dropped() {
        let mut view = View::default();
        assert_eq!(view.joining(), None);
        assert_eq!(view.said([(4, 4)]), Heard { shown: vec![], ask: None });
        assert_eq!(shown(joined(&mut view, 3, 2..=3)), [2, 3, 4]);
        let early = view.said([(6, 6)]);
        assert_eq!((early.shown.len(), early.ask), (0, Some(4)));
        assert_eq!(view.said([(7, 7)]).ask, None, "one is under way");
        assert!(!view.is_whole());
        assert_eq!(shown(view.said([(5, 5), (5, 5), (2, 2)])), [5, 6, 7]);
        assert!(view.is_whole());
        assert!(shown(joined(&mut view, 7, 5..=7)).is_empty());
    }

    #[test]
    fn whoever_has_no_answer_joins_again_and_misses_nothing() {
        let mut view = View::default();
        view.joining();
        view.joined(0, []);
        assert_eq!(view.said([(2, 2)]).ask, Some(0));
        // The answer is lost, and nothing that is said meanwhile asks again.
        assert_eq!(view.said([(3, 3)]).ask, None);
        assert_eq!(view.joining(), Some(0));
        assert_eq!(shown(joined(&mut view, 3, 1..=3)), [1, 2, 3]);
        // The first one comes after all.
        assert_eq!(joined(&mut view, 2, 1..=2), Heard { shown: vec![], ask: None });
    }

    #[test]
    fn pages_are_asked_for_until_the_last() {
        let mut view = View::default();
        view.joining();
        assert_eq!(joined(&mut view, 250, 151..=250).ask, None);
        view.disconnected();
        assert_eq!(view.joining(), Some(250));
        assert_eq!(joined(&mut view, 460, catch_up::wanted(Some(250), 460)).ask, Some(350));
        assert_eq!(joined(&mut view, 460, catch_up::wanted(Some(350), 460)).ask, Some(450));
        assert_eq!(joined(&mut view, 460, catch_up::wanted(Some(450), 460)).ask, None);
        assert_eq!(view.last(), Some(460));
    }

    #[test]
    fn more_ahead_than_can_be_kept_is_read_again() {
        let mut view = View::default();
        view.joining();
        view.joined(0, []);
        view.said((2..=2_000).map(|sequence| (sequence, sequence)));
        assert_eq!(view.ahead.len(), MOST_AHEAD);
        let heard = joined(&mut view, 2_000, 1..=100);
        assert_eq!((heard.shown.len(), heard.ask), (MOST_AHEAD, Some(500)));
    }

    proptest! {
        #[test]
        fn whatever_order_they_come_in_the_client_ends_with_all_of_them(
            last in 0u64..300, begins in 0u64..300, lost in any::<u64>(),
            mut arrivals in Just((1u64..=300).chain(1..=300).collect::<Vec<_>>()).prop_shuffle(),
        ) {
            arrivals.retain(|sequence| *sequence <= last && lost >> (sequence % 64) & 1 == 0);
            let begins = begins.min(last);
            let (mut view, mut all) = (View::default(), Vec::new());
            view.joining();
            let mut ask = None;
            let mut hear = |heard: Heard<u64>, ask: &mut Option<u64>| {
                all.extend(heard.shown.into_iter().map(|(sequence, _)| sequence));
                *ask = heard.ask.or(*ask);
            };
            hear(joined(&mut view, begins, catch_up::wanted(None, begins)), &mut ask);
            for sequence in arrivals {
                hear(view.said([(sequence, sequence)]), &mut ask);
                while let Some(after) = ask.take() {
                    hear(joined(&mut view, last, catch_up::wanted(Some(after), last)), &mut ask);
                }
            }
            let after = view.joining();
            hear(joined(&mut view, last, catch_up::wanted(after, last)), &mut ask);
            while let Some(after) = ask.take() {
                hear(joined(&mut view, last, catch_up::wanted(Some(after), last)), &mut ask);
            }
            let first = *catch_up::wanted(None, begins).start();
            prop_assert_eq!(all, (first.max(1)..=last).collect::<Vec<_>>());
        }
    }
}
