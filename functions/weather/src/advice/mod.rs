//! Advice: a line that a model writes for all people of a class under the same sky, and the rule's line until then.
//!
//! | module | what |
//! |---|---|
//! | `advisor` | which line is shown, and the one job that has a model write one |
//! | `lines` | the lines that models wrote |
//! | `writer` | asking a model, and checking what it says |

mod advisor;
mod lines;
mod writer;

pub use advisor::{Advice, Advisor, Asker, LINES};
pub use lines::Line;
pub use writer::{Writer, write};

use jiff::Timestamp;
use maru_kma::Cell;
use serde::{Deserialize, Serialize};
use weather_rules::facts::Facts;
use weather_rules::survey::Class;

/// The kind of the jobs that have a line written.
pub const ADVICE_JOB: &str = "weather.advice";

/// For whom and when a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Occasion {
    nx: u16,
    ny: u16,
    hour: Timestamp,
    class: Class,
}

/// What a job that has a line written is to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AdviceInput {
    /// For whom and when it is.
    pub occasion: Occasion,
    /// What it is given on.
    pub facts: Facts,
}

impl Occasion {
    /// For people of `class` in `cell` within the hour of `now`.
    #[must_use]
    pub fn new(cell: Cell, now: Timestamp, class: Class) -> Self {
        Self { nx: cell.nx, ny: cell.ny, hour: weather_rules::hour_of(now), class }
    }

    /// What equal requests have in common.
    #[must_use]
    pub fn name(&self) -> String {
        let Self { nx, ny, hour, class } = self;
        format!("{nx},{ny}#{hour}#{}", class.name())
    }
}
