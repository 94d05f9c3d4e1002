//! What the night computes: from the pages of the lecture platform's export to the lecturers' numbers.
//!
//! A crate of its own because it is the one place where the processor's time is the cost: it is compiled for
//! speed, the rest of the domain for size (docs/adr/0009-release-profile.md). It does no I/O.
#![warn(missing_docs)]

pub mod export;
pub mod generation;
