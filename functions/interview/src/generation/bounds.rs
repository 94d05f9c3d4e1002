//! What an interview may take.

use std::time::Duration;

use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_model::Model;

/// What an interview may take.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// How long a section may take, with all its calls.
    pub section: Duration,
    /// The tokens of a day for all guests together: so many that one of them notices nothing of the others, and no
    /// more, because anybody can be a guest.
    guests_daily_tokens: u64,
}

impl FromEnvironment for Bounds {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self {
            section: Duration::from_secs(environment.parse("SECTION_TIMEOUT_SECONDS")?),
            guests_daily_tokens: environment.parse("MODEL_GUESTS_DAILY_TOKENS")?,
        })
    }
}

impl Bounds {
    /// `model` as guests may use it.
    #[must_use]
    pub fn for_guests(&self, model: &Model) -> Model {
        model.allowing(self.guests_daily_tokens)
    }
}
