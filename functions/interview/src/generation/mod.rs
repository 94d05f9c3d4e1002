//! Generating an interview: its sections side by side, each question shown as soon as its text is whole.
//!
//! A question that is handed over is a step of the job, stored together with its event; so it stays whatever becomes
//! of the worker, and whoever takes the job over goes on behind it. A section that fails, or is not whole in time,
//! keeps what it has shown and leaves the others alone.
//!
//! | module | what |
//! |---|---|
//! | `sections` | the sections side by side, and what they share |
//! | `section` | one section: asking, judging each question, asking once more |
//! | `material`, `prompts/` | what a model is shown, and its instructions |
//! | `answer` | the form that it fills |
//! | `bounds` | how long a section may take, and what all guests together may cost |
//! | `labels` | what watchers read meanwhile |

mod answer;
mod bounds;
mod labels;
mod material;
mod section;
mod sections;

pub use bounds::Bounds;
pub use sections::Sections;
