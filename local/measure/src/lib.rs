//! What the measuring commands have in common: how figures are taken and said, and resumes to be measured with.
//!
//! A measure ends with an error, and prints no figure, when something did not go as it should.

pub mod publishing;

use std::error::Error;
use std::time::Duration;

use serde_json::Value;

/// What goes wrong in a measure is shown and ends it.
pub type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// Prints a line of figures.
#[expect(clippy::print_stdout, reason = "the figures are what these commands are for")]
pub fn say(line: &Value) {
    println!("{line}");
}

/// The build that this is part of.
#[must_use]
pub const fn build() -> &'static str {
    if cfg!(debug_assertions) { "dev" } else { "release" }
}

/// The time that so many per cent of `times` do not exceed, at least one of them; zero without any.
#[must_use]
pub fn percentile(mut times: Vec<Duration>, percent: usize) -> Duration {
    times.sort_unstable();
    let place = (times.len() * percent).div_ceil(100).saturating_sub(1);
    times.get(place).copied().unwrap_or_default()
}

/// The middle one of `times`.
#[must_use]
pub fn median(times: Vec<Duration>) -> Duration {
    percentile(times, 50)
}

/// Milliseconds, with two digits behind the point.
#[must_use]
pub fn milliseconds(time: Duration) -> f64 {
    rounded(time.as_secs_f64() * 1e3)
}

/// Two digits behind the point.
#[must_use]
pub fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
