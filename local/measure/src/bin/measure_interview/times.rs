//! Times as they are said.

use std::time::Duration;

use maru_measure::{median, percentile, rounded};
use serde_json::{Value, json};

/// Seconds, with two digits behind the point.
pub fn seconds(time: Duration) -> f64 {
    rounded(time.as_secs_f64())
}

/// The middle one, the one that five per cent exceed, and the longest, each said by `unit`.
pub fn spread(times: &[Duration], unit: impl Fn(Duration) -> f64) -> Value {
    let of = |percent| unit(percentile(times.to_vec(), percent));
    json!({ "median": of(50), "p95": of(95), "worst": of(100) })
}

/// The middle one of `times` as a multiple of the middle one of `others`.
pub fn ratio(times: &[Duration], others: &[Duration]) -> f64 {
    let [time, other] = [times, others].map(|times| median(times.to_vec()).as_secs_f64());
    rounded(time / other)
}
