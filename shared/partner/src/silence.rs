//! A pause that a partner asked for, kept by all calls of whoever it asked.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// The longest that is remembered: what is asked beyond it is a mistake.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// Until when a partner wants to hear nothing. Calls that share one ([`Call::sharing`](crate::Call::sharing)) wait
/// together: what the partner asks of one of them, all of them keep.
#[derive(Debug, Default)]
pub struct Silence {
    until: Mutex<Option<Instant>>,
}

impl Silence {
    /// How much is left of it; none if the partner may be called.
    #[must_use]
    pub fn left(&self) -> Option<Duration> {
        let until = *self.until.lock().unwrap_or_else(PoisonError::into_inner);
        until?.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())
    }

    /// Lasts for `pause` from now, or for as long as it was asked for before if that is longer.
    pub(crate) fn lasts(&self, pause: Duration) {
        let asked = Instant::now() + pause.min(LONGEST);
        let mut until = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        *until = (*until).max(Some(asked));
    }

    /// Waits for its end, which may be moved meanwhile.
    ///
    /// # Errors
    /// What is left of it, if that is more than `most`.
    pub(crate) async fn end(&self, most: Duration) -> Result<(), Duration> {
        while let Some(left) = self.left() {
            if left > most {
                return Err(left);
            }
            tokio::time::sleep(left).await;
        }
        Ok(())
    }
}
