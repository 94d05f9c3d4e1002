//! How the partitions are dealt out to workers: neighbours together up to a bound, and what is over the
//! bound alone, in passes.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Offsets, PARTITIONS};
use crate::export::Dataset;

/// How many bytes of records a worker reduces at once. In memory they take up to 1.4 times as much, and the
/// worker must stay below 64 MB with everything else that is in it.
pub const SHARD_BYTES: u64 = 12 * 1_024 * 1_024;

/// How many bytes of records each partition has in all pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartitionBytes(Vec<Weight>);

/// The records of one partition in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Weight {
    /// The lectures, which every pass needs.
    lectures: u64,
    /// What students did, of which a pass needs its slice.
    students: u64,
}

impl Default for PartitionBytes {
    fn default() -> Self {
        Self(vec![Weight::default(); PARTITIONS])
    }
}

impl PartitionBytes {
    /// Adds a shuffled page.
    pub fn add(&mut self, dataset: Dataset, offsets: &Offsets) {
        for (partition, weight) in (0_u16..).zip(&mut self.0) {
            let bytes = offsets.section(partition..partition + 1).len() as u64;
            match dataset {
                Dataset::Lectures => weight.lectures += bytes,
                _ => weight.students += bytes,
            }
        }
    }
}

/// The work of one worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// The partitions whose sections it reads, of every page.
    pub partitions: Range<u16>,
    /// In how many passes: 1, or more for a single partition that is over the bound.
    pub slices: u32,
    /// How many bytes of records it reads in each pass.
    pub bytes: u64,
}

/// Deals the partitions out so that no pass holds more than about `bound` bytes of records. Partitions
/// without any record are in no shard of their own.
pub fn plan_shards(partitions: &PartitionBytes, bound: u64) -> Vec<Shard> {
    let mut shards: Vec<Shard> = Vec::new();
    for (partition, weight) in (0_u16..).zip(&partitions.0) {
        let bytes = weight.lectures + weight.students;
        if bytes == 0 {
            continue;
        }
        match shards.last_mut() {
            Some(last) if last.bytes + bytes <= bound => {
                last.partitions.end = partition + 1;
                last.bytes += bytes;
            }
            _ => shards.push(Shard {
                partitions: partition..partition + 1,
                slices: slices(*weight, bound),
                bytes,
            }),
        }
    }
    shards
}

/// In how many passes a partition fits: its lectures are held in each, its students are divided.
fn slices(weight: Weight, bound: u64) -> u32 {
    // Lectures that leave less than half of the bound to the students do not make the passes endless.
    let room = bound.saturating_sub(weight.lectures).max(bound / 2).max(1);
    u32::try_from(weight.students.div_ceil(room)).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn partitions(students: &[u64]) -> PartitionBytes {
        let mut partitions = PartitionBytes::default();
        for (weight, bytes) in partitions.0.iter_mut().zip(students) {
            weight.students = *bytes;
        }
        partitions
    }

    #[test]
    fn neighbours_share_a_shard_and_a_giant_is_divided() {
        let shards = plan_shards(&partitions(&[4, 0, 5, 2, 35, 1]), 10);
        let shard = |partitions, slices, bytes| Shard { partitions, slices, bytes };
        assert_eq!(shards, [shard(0..3, 1, 9), shard(3..4, 1, 2), shard(4..5, 4, 35), shard(5..6, 1, 1)]);
    }

    #[test]
    fn every_pass_of_a_giant_has_room_for_all_its_lectures() {
        let mut partitions = partitions(&[30]);
        partitions.0[0].lectures = 4;
        assert_eq!(plan_shards(&partitions, 10), [Shard { partitions: 0..1, slices: 5, bytes: 34 }]);
    }

    #[test]
    fn without_records_there_is_nothing_to_do() {
        assert_eq!(plan_shards(&PartitionBytes::default(), 10), []);
    }

    proptest! {
        #[test]
        fn every_record_is_in_exactly_one_shard_and_no_pass_is_over_the_bound(
            students in prop::collection::vec(0..50_u64, 0..1_024),
        ) {
            let shards = plan_shards(&partitions(&students), 20);
            prop_assert_eq!(shards.iter().map(|shard| shard.bytes).sum::<u64>(), students.iter().sum::<u64>());
            prop_assert!(shards.iter().all(|shard| shard.bytes.div_ceil(u64::from(shard.slices)) <= 20));
            prop_assert!(shards.is_sorted_by(|one, next| one.partitions.end <= next.partitions.start));
            for (partition, bytes) in (0_u16..).zip(students) {
                let covered = shards.iter().any(|shard| shard.partitions.contains(&partition));
                prop_assert!(covered || bytes == 0);
            }
        }
    }
}
