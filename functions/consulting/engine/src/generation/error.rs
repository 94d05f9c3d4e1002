//! What stops the computation of a generation; none of these heals by trying again with the same data.

use jiff::civil::Date;

use crate::export::Dataset;

/// The catalogue cannot be built or read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    /// There are more rows in the lectures dataset than a worker of 64 MB can hold keys of.
    #[error("the lectures dataset has more than {most} rows; a larger one needs larger workers")]
    TooManyLectures {
        /// The bound, [`MOST_LECTURES`](super::MOST_LECTURES).
        most: usize,
    },
    /// The bytes are not what [`Catalogue::as_bytes`](super::Catalogue::as_bytes) gave.
    #[error("the stored catalogue is damaged")]
    Damaged,
}

/// A page cannot be shuffled.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShuffleError {
    /// The page is larger than a worker of 64 MB can handle.
    #[error("the page has {bytes} bytes, more than {most}")]
    PageTooLarge {
        /// The size of the page.
        bytes: usize,
        /// The bound, [`LARGEST_PAGE_BYTES`](super::LARGEST_PAGE_BYTES).
        most: usize,
    },
}

/// A shard cannot be reduced.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReduceError {
    /// A section is not made of whole records.
    #[error("a section of {0} is damaged")]
    DamagedSection(Dataset),
    /// A record's lecture is in none of the lectures sections, so a section is missing.
    #[error("lecture number {0} of the catalogue is in no lectures section of the shard")]
    MissingLecture(u32),
    /// Money beyond 64 bits.
    #[error("the revenue of lecture {lecture_id} on {day} is beyond 64 bits")]
    RevenueOverflow {
        /// The lecture.
        lecture_id: String,
        /// The day of the revenue.
        day: Date,
    },
}
