//! Evidence: what of a model's words may stand in a resume. Code decides, claim by claim; nothing here does I/O.
//!
//! A statement stands if
//!
//! - it names at least one source of that repository, quotes it byte for byte, and, where it tells what the
//!   person did, one of them is a commit or pull request of their own (`check`);
//! - each number in it stands in a source that it cites, with the same unit (`quantities`), or is the declared
//!   version of the technology before it;
//! - each technology and each other name in it is declared by the repository, or stands in a commit or pull
//!   request that it cites (`mentions`, `names`);
//! - it claims no lead, rank, award or reach that a cited commit or pull request does not speak of (`claims`);
//! - it speaks of the same things as its sources, as far as both are written in one language (`likeness`);
//! - it is one plain line without addresses and marks of a page (`form`).
//!
//! A text that a model changed at its owner's wish is held to the same, but for the owner's own words (`edited`).
//!
//! What it cannot tell: whether a Korean sentence is a fair translation of an English commit message. Names,
//! numbers and claims are held to the source all the same, and the reader has the link.

mod check;
mod claims;
mod dates;
mod edited;
mod form;
mod likeness;
mod mentions;
mod names;
mod numerals;
mod quantities;
mod reason;
#[cfg(test)]
mod tests;
mod units;

pub use check::{Cited, Grounds, Proposed, QUOTE_CHARACTERS, Slot};
pub use form::STATEMENT_CHARACTERS;
pub use reason::{Dropped, Reason};
