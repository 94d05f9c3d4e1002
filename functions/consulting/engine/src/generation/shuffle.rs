//! The map side: one page of the export becomes compact records, grouped by lecturer.

use self::compact::Compact;
use super::{Catalogue, ShuffleError};
use crate::export::{
    Broken, Dataset, EnrollmentRow, Fault, LectureRow, Page, ProgressRow, QuestionRow, Reason, ReviewRow,
};

mod compact;
mod offsets;

pub use offsets::Offsets;

/// Into how many groups the lecturers are divided. Enough that a shard of [`SHARD_BYTES`](super::SHARD_BYTES)
/// holds several groups up to 12 GB of compact records; few enough that the offsets of a page are 4 KB.
pub const PARTITIONS: usize = 1_024;

/// The largest page that is shuffled. Beside the page its records are held twice: a page of enrolments or progress
/// takes 1.7 times its size, one of long texts three times. Measured with local/bench: 27 MB for a page of 8 MiB
/// with texts, 50 MB for one of 16 MiB.
pub const LARGEST_PAGE_BYTES: usize = 8 * 1_024 * 1_024;

/// How many broken rows of one page are kept for the quarantine; more are only counted. It bounds the memory
/// of a page that is all wrong, whose run fails in any case unless the other pages are very good.
pub const MOST_BROKEN_KEPT: usize = 5_000;

/// A page after the shuffle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShuffledPage {
    /// The records, grouped by partition, in each partition in the order of the export.
    pub body: Vec<u8>,
    /// Where in the body each partition begins.
    pub offsets: Offsets,
    /// How many rows the page has, the broken ones too; blank lines are no rows.
    pub rows: u64,
    /// How many of them are broken.
    pub broken_rows: u64,
    /// The first [`MOST_BROKEN_KEPT`] of the broken rows.
    pub broken: Vec<Broken>,
    /// The line after the page: the `first_line` of the next.
    pub next_line: u64,
}

/// Shuffles one page of `dataset`.
///
/// Rows that no number can depend on are left out: what a lecturer watches or buys of the own lectures, and
/// a lecture's row that names another lecturer than its last row does.
///
/// # Errors
/// `PageTooLarge` above [`LARGEST_PAGE_BYTES`].
pub fn shuffle(
    dataset: Dataset,
    page: Page<'_>,
    catalogue: &Catalogue,
) -> Result<ShuffledPage, ShuffleError> {
    if page.bytes.len() > LARGEST_PAGE_BYTES {
        return Err(ShuffleError::PageTooLarge { bytes: page.bytes.len(), most: LARGEST_PAGE_BYTES });
    }
    Ok(match dataset {
        Dataset::Lectures => Shuffle::run::<LectureRow<'_>>(page, catalogue),
        Dataset::Enrollments => Shuffle::run::<EnrollmentRow<'_>>(page, catalogue),
        Dataset::Progress => Shuffle::run::<ProgressRow<'_>>(page, catalogue),
        Dataset::Questions => Shuffle::run::<QuestionRow<'_>>(page, catalogue),
        Dataset::Reviews => Shuffle::run::<ReviewRow<'_>>(page, catalogue),
    })
}

#[derive(Default)]
struct Shuffle {
    /// The records in the order of the page.
    records: Vec<u8>,
    /// The partition and the length of each record.
    pieces: Vec<(u16, u32)>,
    rows: u64,
    broken_rows: u64,
    broken: Vec<Broken>,
}

impl Shuffle {
    fn run<'a, R: Compact<'a>>(page: Page<'a>, catalogue: &Catalogue) -> ShuffledPage {
        let mut shuffle = Self::default();
        let mut rows = page.rows::<R>();
        for line in rows.by_ref() {
            shuffle.rows += 1;
            if let Err(fault) =
                line.row.as_ref().map_err(Fault::clone).and_then(|row| shuffle.add(row, catalogue))
            {
                shuffle.broken_rows += 1;
                if shuffle.broken.len() < MOST_BROKEN_KEPT {
                    shuffle.broken.push(line.broken(fault));
                }
            }
        }
        let (body, offsets) = offsets::group(&shuffle.records, &shuffle.pieces);
        let Self { rows: row_count, broken_rows, broken, .. } = shuffle;
        ShuffledPage { body, offsets, rows: row_count, broken_rows, broken, next_line: rows.next_line() }
    }

    fn add<'a>(&mut self, row: &impl Compact<'a>, catalogue: &Catalogue) -> Result<(), Fault> {
        let Some(lecture) = catalogue.find(row.lecture_id()) else {
            let detail = format!("there is no lecture {}", row.lecture_id());
            return Err(Fault::new(Reason::UnknownLecture, detail));
        };
        let before = self.records.len();
        row.append(lecture, &mut self.records);
        // A page is at most 8 MiB, so neither number can be too large for its type.
        let length = u32::try_from(self.records.len() - before).unwrap_or(u32::MAX);
        let partition = u16::try_from(lecture.lecturer.partition()).unwrap_or(u16::MAX);
        self.pieces.push((partition, length));
        Ok(())
    }
}
