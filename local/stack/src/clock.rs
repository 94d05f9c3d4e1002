//! The stack's own time: the real time moved by an offset, or standing still for tests.
//!
//! Everything that waits for a moment (visibility of messages, schedules) waits on this clock, so that moving
//! it forward brings about what would have happened meanwhile.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use maru_lambda::Clock;
use tokio::sync::watch;

#[derive(Clone, Copy, Debug)]
enum Setting {
    /// Runs at the pace of the real time, this much ahead of it.
    Ahead(SignedDuration),
    /// Stands still.
    At(Timestamp),
}

impl Setting {
    fn now(self) -> Timestamp {
        match self {
            Self::Ahead(offset) => Timestamp::now().saturating_add(offset).unwrap_or(Timestamp::MAX),
            Self::At(moment) => moment,
        }
    }
}

/// A movable clock; clones are the same clock.
#[derive(Clone, Debug)]
pub struct LocalClock(Arc<watch::Sender<Setting>>);

impl LocalClock {
    /// A clock that runs on from `now`, or from the real time.
    #[must_use]
    pub fn running(now: Option<Timestamp>) -> Self {
        let clock = Self(Arc::new(watch::Sender::new(Setting::Ahead(SignedDuration::ZERO))));
        if let Some(now) = now {
            clock.set(now);
        }
        clock
    }

    /// A clock that shows `now` until it is moved.
    #[must_use]
    pub fn frozen(now: Timestamp) -> Self {
        Self(Arc::new(watch::Sender::new(Setting::At(now))))
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.borrow().now()
    }

    /// Sets the clock to `now`; it goes on running, or standing still, as before.
    pub fn set(&self, now: Timestamp) {
        self.0.send_modify(|setting| {
            *setting = match setting {
                Setting::Ahead(_) => Setting::Ahead(now.duration_since(Timestamp::now())),
                Setting::At(_) => Setting::At(now),
            }
        });
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
        self.0.send_modify(|setting| {
            *setting = match setting {
                Setting::Ahead(offset) => Setting::Ahead(offset.saturating_add(by)),
                Setting::At(now) => Setting::At(now.saturating_add(by).unwrap_or(Timestamp::MAX)),
            }
        });
    }

    /// Stops the clock where it is.
    pub fn freeze(&self) {
        self.0.send_modify(|setting| *setting = Setting::At(setting.now()));
    }

    /// Whether the clock stands still.
    #[must_use]
    pub fn is_frozen(&self) -> bool {
        matches!(*self.0.borrow(), Setting::At(_))
    }

    /// The same clock as functions are given it.
    #[must_use]
    pub fn for_functions(&self) -> Clock {
        let clock = self.clone();
        Clock::from_fn(move || clock.now())
    }

    /// A subscription that tells of each time the clock is moved.
    pub(crate) fn moves(&self) -> Moves {
        Moves(self.0.subscribe())
    }

    /// Waits until the clock shows `moment` or later, by running or by being moved.
    pub async fn wait_until(&self, moment: Timestamp) {
        let mut changes = self.0.subscribe();
        loop {
            let setting = *changes.borrow_and_update();
            let left = Duration::try_from(moment.duration_since(setting.now())).unwrap_or_default();
            if left.is_zero() {
                return;
            }
            match setting {
                Setting::Ahead(_) => tokio::select! {
                    () = tokio::time::sleep(left) => {}
                    _ = changes.changed() => {}
                },
                // The sender lives in `self`.
                Setting::At(_) => drop(changes.changed().await),
            }
        }
    }
}

/// Tells when the clock is moved.
pub(crate) struct Moves(watch::Receiver<Setting>);

impl Moves {
    /// Waits until the clock is moved; at once if it was since the last time.
    pub(crate) async fn next(&mut self) {
        // Without a sender there is no clock left that could be moved.
        if self.0.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_clock_runs_on_from_there() {
        let start: Timestamp = "2013-09-20T15:10:00Z".parse().unwrap();
        let clock = LocalClock::running(Some(start));
        let first = clock.now();
        assert!(first >= start && first < start + SignedDuration::from_mins(1));
        assert!(clock.now() >= first);
    }

    #[tokio::test]
    async fn a_frozen_clock_moves_only_when_told_and_wakes_those_who_wait() {
        let start: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let clock = LocalClock::frozen(start);
        let waiting = tokio::spawn({
            let clock = clock.clone();
            async move { clock.wait_until(start + SignedDuration::from_hours(1)).await }
        });
        clock.advance(Duration::from_mins(59));
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        clock.advance(Duration::from_mins(1));
        waiting.await.unwrap();
        assert_eq!(clock.now(), start + SignedDuration::from_hours(1));
    }
}
