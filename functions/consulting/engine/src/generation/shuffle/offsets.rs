//! The grouping of a page's records by partition, and where each group begins.

use std::ops::Range;

use zerocopy::{FromBytes, IntoBytes, little_endian::U32};

use super::PARTITIONS;

/// Where each partition of a shuffled page's body begins: one number more than there are partitions, the
/// last of them the length of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offsets(Vec<U32>);

impl Offsets {
    /// How many bytes [`Offsets::as_bytes`] gives.
    pub const BYTES: usize = (PARTITIONS + 1) * size_of::<U32>();

    /// The offsets for storage, [`Offsets::BYTES`] long.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The offsets that were stored; `None` unless the bytes come from [`Offsets::as_bytes`].
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let offsets = <[U32]>::ref_from_bytes(bytes).ok()?;
        let whole = offsets.len() == PARTITIONS + 1 && offsets.is_sorted();
        whole.then(|| Self(offsets.to_vec()))
    }

    /// Where in the body the records of these partitions are. Partitions beyond the last have none.
    pub fn section(&self, partitions: Range<u16>) -> Range<usize> {
        let begin = |partition: u16| {
            self.0.get(usize::from(partition)).or(self.0.last()).map_or(0, |offset| offset.get() as usize)
        };
        begin(partitions.start)..begin(partitions.end)
    }
}

/// Groups `records` by partition, keeping their order; `pieces` has the partition and the length of each.
/// One pass to count, one to copy (a counting sort).
pub(super) fn group(records: &[u8], pieces: &[(u16, u32)]) -> (Vec<u8>, Offsets) {
    let mut ends = vec![0_u32; PARTITIONS + 1];
    for &(partition, length) in pieces {
        ends[usize::from(partition) + 1] += length;
    }
    for partition in 0..PARTITIONS {
        ends[partition + 1] += ends[partition];
    }
    let offsets = Offsets(ends.iter().copied().map(U32::new).collect());
    let mut places = ends;
    let mut body = vec![0; records.len()];
    let mut at = 0;
    for &(partition, length) in pieces {
        let (place, length) = (&mut places[usize::from(partition)], length as usize);
        let to = *place as usize;
        body[to..to + length].copy_from_slice(&records[at..at + length]);
        at += length;
        *place += length as u32;
    }
    (body, offsets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_grouped_and_keep_their_order() {
        let (body, offsets) = group(b"aaBccDa", &[(7, 2), (1_023, 1), (0, 2), (1_023, 1), (7, 1)]);
        assert_eq!(body, b"ccaaaBD");
        assert_eq!(offsets.section(0..1), 0..2);
        assert_eq!(offsets.section(1..8), 2..5);
        assert_eq!(offsets.section(8..1_023), 5..5);
        assert_eq!(offsets.section(1_023..1_024), 5..7);
        assert_eq!(Offsets::from_bytes(offsets.as_bytes()), Some(offsets));
    }

    #[test]
    fn offsets_that_do_not_ascend_are_refused() {
        let mut bytes = group(b"ab", &[(0, 1), (1, 1)]).1.as_bytes().to_vec();
        bytes[4] = 9;
        assert_eq!(Offsets::from_bytes(&bytes), None);
        assert_eq!(Offsets::from_bytes(&bytes[4..]), None);
    }
}
