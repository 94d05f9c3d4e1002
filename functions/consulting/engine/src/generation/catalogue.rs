//! Which lectures there are and whose they are: what every worker of the shuffle must know of the others'
//! pages.

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

use super::{CatalogueError, key::Key};
use crate::export::{LectureRow, Page};

/// The most rows that the lectures dataset may have. A worker holds 36 bytes of each while it shuffles
/// (18 MB), twice that while the catalogue is built.
pub const MOST_LECTURES: usize = 500_000;

/// A lecture of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Its place in the catalogue, from 0: a short name for the lecture within one run.
    pub(super) ordinal: u32,
    pub(super) lecturer: Key,
}

#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
struct Entry {
    lecture: Key,
    lecturer: Key,
}

/// All lectures by key. It is the same for the same lectures dataset, however that is cut into pages.
#[derive(Debug)]
pub struct Catalogue {
    /// In the order of the lectures' keys.
    entries: Vec<Entry>,
    /// Where the entries begin whose keys begin with each combination of the first bits: keys are evenly
    /// spread, so there is about one entry for each.
    directory: Vec<u32>,
    /// How far a key's high half is shifted to give its place in the directory.
    shift: u32,
}

impl Catalogue {
    /// The catalogue for storage.
    pub fn as_bytes(&self) -> &[u8] {
        self.entries.as_bytes()
    }

    /// The catalogue that was stored.
    ///
    /// # Errors
    /// `Damaged` unless the bytes come from [`Catalogue::as_bytes`], `TooManyLectures` above the bound.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CatalogueError> {
        let entries = <[Entry]>::ref_from_bytes(bytes).map_err(|_| CatalogueError::Damaged)?;
        if entries.len() > MOST_LECTURES {
            return Err(CatalogueError::TooManyLectures { most: MOST_LECTURES });
        }
        if !entries.is_sorted_by(|one, next| one.lecture < next.lecture) {
            return Err(CatalogueError::Damaged);
        }
        Ok(Self::new(entries.to_vec()))
    }

    /// How many lectures there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The lecture of this id, if there is one.
    pub(super) fn find(&self, lecture_id: &str) -> Option<Found> {
        let lecture = Key::of(lecture_id);
        let bucket = (lecture.high() >> self.shift) as usize;
        let (from, to) = (*self.directory.get(bucket)?, *self.directory.get(bucket + 1)?);
        (from..to).zip(self.entries.get(from as usize..to as usize)?).find_map(|(ordinal, entry)| {
            (entry.lecture == lecture).then_some(Found { ordinal, lecturer: entry.lecturer })
        })
    }

    /// From entries in the order of their keys, each once, no more than the bound.
    fn new(entries: Vec<Entry>) -> Self {
        // At least two buckets: a shift by all 64 bits would be an overflow.
        let bits = entries.len().next_power_of_two().trailing_zeros().max(1);
        let shift = u64::BITS - bits;
        let mut directory = Vec::with_capacity((1 << bits) + 1);
        for (ordinal, entry) in (0_u32..).zip(&entries) {
            let bucket = (entry.lecture.high() >> shift) as usize;
            directory.resize(directory.len().max(bucket + 1), ordinal);
        }
        directory.resize((1 << bits) + 1, u32::try_from(entries.len()).unwrap_or(u32::MAX));
        Self { entries, directory, shift }
    }
}

/// Collects the lectures dataset page by page.
#[derive(Debug, Default)]
pub struct CatalogueBuilder {
    entries: Vec<Entry>,
}

impl CatalogueBuilder {
    /// Adds a page of the lectures dataset; pages come in the order of the export. Broken rows are passed
    /// over here; they are reported when the page is shuffled. Gives the line after the page.
    ///
    /// # Errors
    /// `TooManyLectures` above the bound.
    pub fn push(&mut self, page: Page<'_>) -> Result<u64, CatalogueError> {
        let mut rows = page.rows::<LectureRow<'_>>();
        for line in rows.by_ref() {
            let Ok(row) = line.row else { continue };
            if self.entries.len() == MOST_LECTURES {
                return Err(CatalogueError::TooManyLectures { most: MOST_LECTURES });
            }
            self.entries
                .push(Entry { lecture: Key::of(&row.lecture_id), lecturer: Key::of(&row.lecturer_id) });
        }
        Ok(rows.next_line())
    }

    /// The catalogue. Of a lecture that came more than once the last row counts.
    pub fn finish(mut self) -> Catalogue {
        // Stable, so the last of several equal lectures stays the last.
        self.entries.sort_by_key(|entry| entry.lecture);
        self.entries.dedup_by(|next, kept| {
            let same = next.lecture == kept.lecture;
            if same {
                *kept = *next;
            }
            same
        });
        Catalogue::new(self.entries)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;
    use crate::export::Format;

    fn catalogue(lectures: impl IntoIterator<Item = (usize, usize)>) -> Catalogue {
        let mut page = String::new();
        for (lecture, lecturer) in lectures {
            writeln!(
                page,
                r#"{{"lectureId":"lec{lecture}","lecturerId":"usr{lecturer}","title":"","category":"","level":"","price":0,"status":"","createdAt":"2026-01-01T00:00:00Z"}}"#
            )
            .unwrap();
        }
        let mut builder = CatalogueBuilder::default();
        builder.push(Page { format: Format::Ndjson, first_line: 1, bytes: page.as_bytes() }).unwrap();
        builder.finish()
    }

    #[test]
    fn every_lecture_is_found_with_its_lecturer_and_no_other_is() {
        for count in [0, 1, 2, 3, 7, 8, 9, 1_000] {
            let catalogue = catalogue((0..count).map(|lecture| (lecture, lecture % 5)));
            let stored = Catalogue::from_bytes(catalogue.as_bytes()).unwrap();
            for lecture in 0..count {
                let found = stored.find(&format!("lec{lecture}")).unwrap();
                assert_eq!(found.lecturer, Key::of(&format!("usr{}", lecture % 5)));
                assert_eq!(catalogue.find(&format!("lec{lecture}")), Some(found));
            }
            assert_eq!(stored.find(&format!("lec{count}")), None);
            assert_eq!(stored.len(), count);
        }
    }

    #[test]
    fn the_last_row_of_a_lecture_counts() {
        let catalogue = catalogue([(1, 1), (2, 1), (1, 2)]);
        assert_eq!(catalogue.len(), 2);
        assert_eq!(catalogue.find("lec1").unwrap().lecturer, Key::of("usr2"));
    }

    #[test]
    fn damaged_bytes_are_refused() {
        let bytes = catalogue([(1, 1), (2, 1)]).as_bytes().to_vec();
        assert_eq!(Catalogue::from_bytes(&bytes[1..]).err(), Some(CatalogueError::Damaged));
        let swapped = [&bytes[32..], &bytes[..32]].concat();
        assert_eq!(Catalogue::from_bytes(&swapped).err(), Some(CatalogueError::Damaged));
    }
}
