//! How often a call is repeated, and how long to wait before.

use std::time::Duration;

use http::StatusCode;

use crate::Answer;

/// How often a call is repeated.
///
/// Repeated is what did not come to a whole answer, and an answer that is worth it: a 5xx or 429 unless
/// [`Retry::when`] says otherwise. The pause doubles each time, and between half of it and all of it is
/// waited, so that callers who failed together do not come back together. A `Retry-After` is waited instead;
/// one that is longer than [`Retry::longest_pause`] ends the call at once, for the caller to try later.
#[derive(Clone, Copy, Debug)]
pub struct Retry {
    attempts: u32,
    first_pause: Duration,
    longest_pause: Duration,
    worth: fn(&Answer) -> bool,
    asked: fn(&Answer, u32) -> Option<Duration>,
}

impl Retry {
    /// One attempt only: for what must not happen twice, such as the use of a code that is good once.
    pub const NEVER: Self = Self::attempts(1);

    /// So many attempts in all (at least one), half a second of pause after the first, no pause longer than
    /// ten seconds.
    #[must_use]
    pub const fn attempts(attempts: u32) -> Self {
        let (first_pause, longest_pause) = (Duration::from_millis(500), Duration::from_secs(10));
        Self { attempts, first_pause, longest_pause, worth: is_passing, asked: retry_after }
    }

    /// The same with this pause after the first attempt.
    #[must_use]
    pub const fn first_pause(self, first_pause: Duration) -> Self {
        Self { first_pause, ..self }
    }

    /// The same with this as the longest pause.
    #[must_use]
    pub const fn longest_pause(self, longest_pause: Duration) -> Self {
        Self { longest_pause, ..self }
    }

    /// The same, but only answers for which `worth` is true are worth another attempt. When the attempts are
    /// over, such an answer is [`PartnerError::Unavailable`](crate::PartnerError::Unavailable).
    #[must_use]
    pub const fn when(self, worth: fn(&Answer) -> bool) -> Self {
        Self { worth, ..self }
    }

    /// The same, but how long an answer asks to wait is what `asked` says of it and of the number of the attempt
    /// (from 1) that it answers: for partners who ask otherwise than by `Retry-After`.
    #[must_use]
    pub const fn asking(self, asked: fn(&Answer, u32) -> Option<Duration>) -> Self {
        Self { asked, ..self }
    }

    pub(crate) fn asked(&self, answer: &Answer, attempt: u32) -> Option<Duration> {
        (self.asked)(answer, attempt)
    }

    /// The longest pause that is made.
    pub(crate) const fn longest(&self) -> Duration {
        self.longest_pause
    }

    pub(crate) fn is_worth(&self, answer: &Answer) -> bool {
        (self.worth)(answer)
    }

    /// How long to wait after the attempt of this number (from 1) failed; `None` when it was the last.
    /// `chance` is between 0 and 1.
    pub(crate) fn pause(&self, attempt: u32, asked: Option<Duration>, chance: f64) -> Option<Duration> {
        if attempt >= self.attempts || asked.is_some_and(|asked| asked > self.longest_pause) {
            return None;
        }
        let doubled = self.first_pause.saturating_mul(1_u32.checked_shl(attempt - 1).unwrap_or(u32::MAX));
        let spread = doubled.min(self.longest_pause).mul_f64(0.5 + chance.clamp(0.0, 1.0) / 2.0);
        Some(asked.unwrap_or(spread))
    }
}

fn retry_after(answer: &Answer, _: u32) -> Option<Duration> {
    answer.retry_after()
}

/// Whether the same request may be answered better later.
fn is_passing(answer: &Answer) -> bool {
    answer.status.is_server_error() || answer.status == StatusCode::TOO_MANY_REQUESTS
}

#[cfg(test)]
mod tests {
    use super::*;

    const RETRY: Retry = Retry::attempts(4).first_pause(Duration::from_secs(1));

    #[test]
    fn pauses_double_up_to_the_longest_and_are_spread_over_their_upper_half() {
        let pauses = |chance| [1, 2, 3, 4].map(|attempt| RETRY.pause(attempt, None, chance));
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(pauses(1.0), [seconds(1), seconds(2), seconds(4), None]);
        assert_eq!(pauses(0.0), [Some(Duration::from_millis(500)), seconds(1), seconds(2), None]);
        let short = RETRY.longest_pause(Duration::from_secs(3));
        assert_eq!(short.pause(3, None, 1.0), seconds(3));
        let long = Retry::attempts(u32::MAX);
        assert_eq!(long.pause(u32::MAX - 1, None, 1.0), seconds(10));
    }

    #[test]
    fn what_the_partner_asks_for_is_waited_exactly_or_not_at_all() {
        let asked = |seconds| RETRY.pause(1, Some(Duration::from_secs(seconds)), 0.3);
        assert_eq!(asked(0), Some(Duration::ZERO));
        assert_eq!(asked(10), Some(Duration::from_secs(10)));
        assert_eq!(asked(11), None);
    }

    #[test]
    fn never_means_one_attempt() {
        assert_eq!(Retry::NEVER.pause(1, None, 0.5), None);
    }
}
