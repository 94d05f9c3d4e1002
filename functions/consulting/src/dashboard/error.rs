//! Why a dashboard cannot be given.

use jiff::civil::Date;
use thiserror::Error;

/// Why a selection is refused, or its numbers cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DashboardError {
    /// The range ends before it begins (problem code `invalid_range`).
    #[error("`from` ({from}) is after `to` ({to})")]
    InvalidRange {
        /// First day that was asked for, or its default.
        from: Date,
        /// Last day that was asked for, or its default.
        to: Date,
    },
    /// The range has more than [`MAX_RANGE_DAYS`](super::MAX_RANGE_DAYS) days (`range_too_long`).
    #[error("the range has {days} days, at most {max} are allowed", max = super::MAX_RANGE_DAYS)]
    RangeTooLong {
        /// Days in the range, first and last counted.
        days: i64,
    },
    /// The lecture does not exist or belongs to somebody else: the answer is 404 and the same for both.
    #[error("lecture {lecture_id} is not one of this lecturer's")]
    LectureNotFound {
        /// The id that was asked for.
        lecture_id: String,
    },
    /// A sum of payments is more than an `i64` of KRW holds: no real data has it, so it is our fault (500).
    #[error("a sum of revenue exceeds the range of an amount of money")]
    RevenueOverflow,
}
