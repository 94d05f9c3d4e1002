//! How long people waited for what.

use std::time::Duration;

use maru_measure::milliseconds;
use serde_json::{Value, json};

use crate::times::{ratio, seconds, spread};
use crate::watched::Interview;

/// How long each of several people waited, since the request was sent.
pub struct Waits {
    /// For the first question.
    first: Vec<Duration>,
    /// For the last one.
    last: Vec<Duration>,
    /// For the end of the job.
    end: Vec<Duration>,
    /// For each question, since the worker had it.
    late: Vec<Duration>,
}

impl Waits {
    /// As these people saw it.
    pub fn of(interviews: &[Interview]) -> Self {
        Self {
            first: interviews.iter().map(Interview::first).collect(),
            last: interviews.iter().map(Interview::last).collect(),
            end: interviews.iter().map(|interview| interview.end).collect(),
            late: interviews.iter().flat_map(|interview| interview.late.iter().copied()).collect(),
        }
    }

    /// As they had seen it if nothing were shown before the end: the first question with the last.
    pub fn gathered(interviews: &[Interview]) -> Self {
        let Self { end, late, .. } = Self::of(interviews);
        Self { first: end.clone(), last: end.clone(), end, late }
    }

    /// The waits, and their middle ones as multiples of those of `others`.
    pub fn said(&self, others: &Self) -> Value {
        json!({
            "firstSeconds": spread(&self.first, seconds),
            "lastSeconds": spread(&self.last, seconds),
            "endSeconds": spread(&self.end, seconds),
            "lateMilliseconds": spread(&self.late, milliseconds),
            "firstRatio": ratio(&self.first, &others.first),
            "lastRatio": ratio(&self.last, &others.last),
            "endRatio": ratio(&self.end, &others.end),
        })
    }
}
