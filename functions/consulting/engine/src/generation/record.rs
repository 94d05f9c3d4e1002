//! The compact records into which the rows of a page are shuffled, and how they are read back.
//!
//! All integers are little-endian and unaligned, so that a section of a page is read in place.

use jiff::Timestamp;
use zerocopy::{
    FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned,
    little_endian::{I32, I64, U32},
};

use super::{ReduceError, key::Key};
use crate::export::{Dataset, DayNumber};

/// An enrolment in 49 bytes.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(super) struct EnrollmentRecord {
    pub(super) student: Key,
    pub(super) lecture: U32,
    pub(super) enrollment: Key,
    pub(super) paid_amount: I64,
    pub(super) day: I32,
    pub(super) refunded: u8,
}

/// A student's progress in 33 bytes.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(super) struct ProgressRecord {
    pub(super) student: Key,
    pub(super) lecture: U32,
    pub(super) updated_at: Moment,
    pub(super) percent: u8,
}

/// The head of a lecture; its lecture id, lecturer id and title follow.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(super) struct LectureHead {
    pub(super) lecture: U32,
    pub(super) lengths: [U32; 3],
}

/// The head of a review or a question; its id and its two texts follow (comment and suggestion, title and
/// content). The marks of a question are 0.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(super) struct WritingHead {
    pub(super) student: Key,
    pub(super) lecture: U32,
    pub(super) writing: Key,
    pub(super) created_at: Moment,
    pub(super) rating: u8,
    pub(super) usefulness: u8,
    pub(super) difficulty: u8,
    pub(super) lengths: [U32; 3],
}

/// An instant of nanosecond precision; later ones are greater.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    FromBytes,
    IntoBytes,
    KnownLayout,
    Immutable,
    Unaligned,
)]
#[repr(C)]
pub(super) struct Moment {
    second: I64,
    /// In steps of 1/10⁹ s, from 0, also before 1970.
    nanosecond: U32,
}

impl Moment {
    /// The instant; the epoch for one that no timestamp can hold, which [`From`] never makes.
    pub(super) fn timestamp(self) -> Timestamp {
        let nanosecond = i32::try_from(self.nanosecond.get()).unwrap_or_default();
        Timestamp::new(self.second.get(), nanosecond).unwrap_or_default()
    }

    pub(super) fn day(self) -> DayNumber {
        DayNumber::in_seoul(self.timestamp())
    }
}

impl From<Timestamp> for Moment {
    fn from(time: Timestamp) -> Self {
        // Before 1970 jiff counts both parts from zero downwards.
        let borrow = i64::from(time.subsec_nanosecond() < 0);
        let nanosecond = i64::from(time.subsec_nanosecond()) + borrow * 1_000_000_000;
        Self {
            second: I64::new(time.as_second() - borrow),
            nanosecond: U32::new(u32::try_from(nanosecond).unwrap_or_default()),
        }
    }
}

/// A record with its place in the export: what comes later overrules what came before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sequenced<R> {
    pub(super) record: R,
    pub(super) place: (u32, u32),
}

/// The fixed-width records of a section of page `page`.
pub(super) fn fixed<'a, R: FromBytes + Immutable + KnownLayout + Unaligned + Copy + 'a>(
    dataset: Dataset,
    page: u32,
    section: &'a [u8],
) -> Result<impl Iterator<Item = Sequenced<R>> + use<'a, R>, ReduceError> {
    let records = <[R]>::ref_from_bytes(section).map_err(|_| ReduceError::DamagedSection(dataset))?;
    Ok((0..).zip(records).map(move |(row, record)| Sequenced { record: *record, place: (page, row) }))
}

/// Appends a head and its texts, whose lengths the head already has.
pub(super) fn append_texts(head: &(impl IntoBytes + Immutable), texts: [&str; 3], body: &mut Vec<u8>) {
    body.extend_from_slice(head.as_bytes());
    for text in texts {
        body.extend_from_slice(text.as_bytes());
    }
}

/// The lengths of three texts in bytes; none is over 80,000 (the export's limits).
pub(super) fn lengths(texts: [&str; 3]) -> [U32; 3] {
    texts.map(|text| U32::new(u32::try_from(text.len()).unwrap_or(u32::MAX)))
}

/// A head that says how long its three texts are.
pub(super) trait Head: FromBytes + Immutable + KnownLayout + Unaligned + Copy {
    fn lengths(&self) -> [U32; 3];
}

impl Head for LectureHead {
    fn lengths(&self) -> [U32; 3] {
        self.lengths
    }
}

impl Head for WritingHead {
    fn lengths(&self) -> [U32; 3] {
        self.lengths
    }
}

/// The first record of `section`: its head, the bytes of its texts, and the rest of the section.
pub(super) fn first<H: Head>(section: &[u8]) -> Option<(H, &[u8], &[u8])> {
    let (head, rest) = H::read_from_prefix(section).ok()?;
    let length = head.lengths().iter().map(|length| length.get() as usize).sum();
    let (texts, rest) = rest.split_at_checked(length)?;
    Some((head, texts, rest))
}

/// The three texts of a record.
pub(super) fn texts(bytes: &[u8], lengths: [U32; 3]) -> Option<[&str; 3]> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (one, text) = text.split_at_checked(lengths[0].get() as usize)?;
    let (two, three) = text.split_at_checked(lengths[1].get() as usize)?;
    Some([one, two, three])
}
