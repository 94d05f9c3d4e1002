//! Makes data that looks real: exports of the lecture platform, of any size, with the hard cases in them.
//!
//! The same options give the same bytes on every machine. Rows are computed one by one from the seed and
//! their number, so that memory does not grow with the data. The local stack makes its built-in sample with
//! this; the benchmark its millions.

mod lectures;

pub use lectures::{Format, LectureOptions, Written, write_lectures};
