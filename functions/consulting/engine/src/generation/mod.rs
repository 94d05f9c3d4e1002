//! One night's result: what a run computes, and how it becomes what readers see.
//!
//! The computation is map → shuffle → reduce, so that no worker ever holds more than a bounded part of the
//! data, however much there is:
//!
//! 1. [`CatalogueBuilder`] reads all lectures pages, in order, and gives the [`Catalogue`].
//! 2. [`shuffle`] turns one page of any dataset into compact records, grouped by a hash of the lecturer.
//! 3. [`plan_shards`] packs the groups into shards of bounded size; a lecturer who alone is too big for one
//!    is reduced in several passes over slices of the students.
//! 4. [`Aggregator`] takes one shard's sections of every page and gives the lecturers' numbers.
//!
//! The result does not depend on how the data was cut into pages, shards or slices (a property test holds
//! this). Nothing here does I/O: where pages and shuffled pages are kept is the business of the functions.

mod aggregator;
mod catalogue;
mod error;
mod key;
mod learners;
mod lectures;
pub mod numbers;
mod outcome;
mod record;
mod revenue;
mod shards;
mod shuffle;
#[cfg(test)]
mod tests;
mod writings;

pub use aggregator::Aggregator;
pub use catalogue::{Catalogue, CatalogueBuilder, MOST_LECTURES};
pub use error::{CatalogueError, ReduceError, ShuffleError};
pub use outcome::{LecturerOutcome, NEWEST_WRITINGS, QuestionText, ReviewText};
pub use shards::{PartitionBytes, SHARD_BYTES, Shard, plan_shards};
pub use shuffle::{LARGEST_PAGE_BYTES, MOST_BROKEN_KEPT, Offsets, PARTITIONS, ShuffledPage, shuffle};
