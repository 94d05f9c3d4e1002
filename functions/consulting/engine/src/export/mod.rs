//! The lecture platform's export: its datasets, its rows, and the decoder that sorts good rows from broken
//! ones.
//!
//! Nothing here reads or writes anything: a page comes in as bytes, rows and [`Broken`] entries come out.

mod broken;
mod comma_separated;
mod dataset;
mod fields;
mod flat_object;
mod json_lines;
mod page;
mod rows;
#[cfg(test)]
mod tests;
mod time;

pub use broken::{Broken, Fault, Reason, too_many_broken};
pub use dataset::Dataset;
pub use fields::{LONGEST_ID_BYTES, LONGEST_TEXT_CHARACTERS};
pub use page::{Format, Line, Page, Rows};
pub use rows::{EnrollmentRow, ExportRow, LectureRow, ProgressRow, QuestionRow, ReviewRow};
pub use time::{DayNumber, parse_time};
