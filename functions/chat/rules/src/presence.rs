//! Members in a room are counted, not connections.
//!
//! Of each member and room it is kept how many of the member's connections are in it. The first one in counts the
//! member, the last one out counts the member out. Both are written under the condition that the number is what it was.

/// The most connections of one member at a time.
pub const MOST_CONNECTIONS: usize = 10;

/// The most rooms that one connection is in at a time: a province each.
pub const MOST_ROOMS: u32 = 20;

/// What is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// How many connections there must still be.
    pub expected: u32,
    /// How many there are then; the item is deleted at 0.
    pub connections: u32,
    /// By how much the number of participants changes.
    pub participants: i8,
}

/// One connection more, of a member who has `connections` in the room.
#[must_use]
pub const fn enters(connections: u32) -> Change {
    Change {
        expected: connections,
        connections: connections.saturating_add(1),
        participants: if connections == 0 { 1 } else { 0 },
    }
}

/// One connection less. None when there is none to leave, which is written under the condition that there still is none.
#[must_use]
pub const fn leaves(connections: u32) -> Option<Change> {
    match connections {
        0 => None,
        1 => Some(Change { expected: 1, connections: 0, participants: -1 }),
        more => Some(Change { expected: more, connections: more - 1, participants: 0 }),
    }
}

/// Where the mark of a member who has read up to `mark` is after having read up to `sequence` of a room whose last
/// message is `last`: never further back, never beyond what is there.
#[must_use]
pub fn read_up_to(mark: u64, sequence: u64, last: u64) -> u64 {
    mark.max(sequence.min(last))
}

/// One of `of` parts, always the same for `id`, and evenly chosen, ids being random at their end.
#[must_use]
pub fn part_of(id: &str, of: u8) -> u8 {
    // FNV-1a (RFC 9923): short, and mixes what differs in few characters.
    let mix = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let hash = id.bytes().fold(0x811c_9dc5, mix);
    u8::try_from(hash % u32::from(of.max(1))).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_comes_and_goes_the_participants_are_those_with_a_connection(
            steps in proptest::collection::vec((0usize..4, any::<bool>()), 0..60),
        ) {
            let (mut connections, mut participants) = ([0u32; 4], 0i64);
            for (member, comes) in steps {
                let change = if comes { Some(enters(connections[member])) } else { leaves(connections[member]) };
                if let Some(change) = change {
                    prop_assert_eq!(change.expected, connections[member]);
                    connections[member] = change.connections;
                    participants += i64::from(change.participants);
                }
                prop_assert_eq!(participants, connections.iter().map(|each| i64::from(*each > 0)).sum::<i64>());
            }
        }
    }

    #[test]
    fn a_mark_moves_forward_only_and_not_beyond_the_last_message() {
        assert_eq!(read_up_to(0, 5, 9), 5);
        assert_eq!(read_up_to(7, 5, 9), 7);
        assert_eq!(read_up_to(7, 50, 9), 9);
    }

    #[test]
    fn ids_are_spread_evenly() {
        let mut sizes = [0; 4];
        (0..1_000).for_each(|number| sizes[usize::from(part_of(&format!("connection{number}="), 4))] += 1);
        assert!(sizes.iter().all(|size| (150..350).contains(size)), "{sizes:?}");
    }
}
