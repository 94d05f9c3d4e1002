//! Ids as 128-bit hashes.

use xxhash_rust::xxh3::xxh3_128;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned, little_endian::U64};

use super::PARTITIONS;

/// An id of the lecture platform, of whatever length, in sixteen bytes.
///
/// Records that are compared and sorted by the hundred million carry keys instead of ids. Two ids with one
/// key would be taken for one; among ten billion ids the odds of a single such pair are 1 in 7 × 10¹⁸
/// (n² / 2¹²⁹), far below those of a memory error, so comparing keys is comparing ids. The ids that readers
/// see are carried beside their keys, never restored from them.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    FromBytes,
    IntoBytes,
    KnownLayout,
    Immutable,
    Unaligned,
)]
#[repr(C)]
pub(super) struct Key {
    high: U64,
    low: U64,
}

impl Key {
    pub(super) fn of(id: &str) -> Self {
        let hash = xxh3_128(id.as_bytes());
        Self { high: U64::new((hash >> 64) as u64), low: U64::new(hash as u64) }
    }

    /// The half that orders keys first.
    pub(super) const fn high(self) -> u64 {
        self.high.get()
    }

    /// The partition of a lecturer.
    pub(super) const fn partition(self) -> usize {
        self.low.get() as usize % PARTITIONS
    }

    /// The slice of a student, when the students are divided into `slices`.
    pub(super) fn slice(self, slices: u32) -> u32 {
        (self.low.get() % u64::from(slices.max(1))) as u32
    }
}
