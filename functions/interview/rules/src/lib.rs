//! The rules of the mock interview, without I/O, time or randomness.
//!
//! | module | rule |
//! |---|---|
//! | [`request`] | what may be asked for, and when two requests are the same |
//! | [`masking`] | which personal data a model does not get to see, and how it comes back |
//! | [`similarity`] | when two questions are the same question |
//! | [`selection`] | which of the questions that a model proposes are handed over |
//! | [`feedback`] | what a graded answer is worth |
//!
//! A crate of its own: it is tested in a second, without linking a client of AWS.
#![warn(missing_docs)]

mod digest;
pub mod feedback;
pub mod masking;
pub mod request;
pub mod selection;
pub mod similarity;
mod text;

pub use text::normalised;
