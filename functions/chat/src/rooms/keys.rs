//! The keys of what belongs to rooms; see [`super`].

use chat_rules::presence::part_of;
use maru_store::Key;

use crate::store::room_partition;

/// Over how many partitions the connections of a room, and the number of its participants, are spread.
pub const PARTS: u8 = 4;

/// What a message is found by: in 16 digits, as many as the largest sequence has that a client can name
/// ([`chat_rules::frames::MOST_SEQUENCE`]), so that the keys are in the order of the sequences.
#[must_use]
pub fn sort_key(sequence: u64) -> String {
    format!("{sequence:016}")
}

/// The partition of a room's messages.
#[must_use]
pub fn messages_partition(room: &str) -> String {
    format!("messages#{room}")
}

/// The key of a message.
#[must_use]
pub fn message_key(room: &str, sequence: u64) -> Key {
    Key::new(messages_partition(room), sort_key(sequence))
}

/// The partition of what lies beside a room.
#[must_use]
pub fn beside_partition(room: &str) -> String {
    format!("beside#{room}")
}

/// The key of a message beside a room.
#[must_use]
pub fn beside_key(room: &str, member: &str, client_id: &str) -> Key {
    Key::new(beside_partition(room), format!("{}{client_id}", beside_prefix(member)))
}

/// What the sort keys of a member's messages beside a room begin with.
#[must_use]
pub fn beside_prefix(member: &str) -> String {
    format!("{member}#")
}

/// The partition of what a member sent.
#[must_use]
pub fn sent_partition(member: &str) -> String {
    format!("sent#{member}")
}

/// The key of where a member's message stands.
#[must_use]
pub fn sent_key(member: &str, room: &str, client_id: &str) -> Key {
    Key::new(sent_partition(member), format!("{room}#{client_id}"))
}

/// The partition of one part of the connections in a room.
#[must_use]
pub fn entered_partition(room: &str, part: u8) -> String {
    format!("entered#{room}#{part}")
}

/// The key of a connection in a room.
#[must_use]
pub fn entered_key(room: &str, connection: &str) -> Key {
    Key::new(entered_partition(room, part_of(connection, PARTS)), connection)
}

/// The key of the part of the number of participants that a member is counted in.
#[must_use]
pub fn participants_key(room: &str, member: &str) -> Key {
    participants_part_key(room, part_of(member, PARTS))
}

/// The key of one part of the number of participants.
#[must_use]
pub fn participants_part_key(room: &str, part: u8) -> Key {
    Key::new(room_partition(room), format!("participants#{part}"))
}

/// The key of that a room's number of participants is to be announced.
#[must_use]
pub fn announcement_key(room: &str) -> Key {
    Key::new(room_partition(room), "announcement")
}

/// The key of how many connections a member has in a room.
#[must_use]
pub fn present_key(room: &str, member: &str) -> Key {
    Key::new(format!("present#{room}#{member}"), "present")
}

/// The partition of a connection.
#[must_use]
pub fn connection_partition(connection: &str) -> String {
    format!("connection#{connection}")
}

/// The key of a connection.
#[must_use]
pub fn connection_key(connection: &str) -> Key {
    Key::new(connection_partition(connection), "connection")
}

/// What the sort keys of a connection's rooms begin with.
pub const IN_ROOM: &str = "room#";

/// The key of that a connection is in a room.
#[must_use]
pub fn in_room_key(connection: &str, room: &str) -> Key {
    Key::new(connection_partition(connection), format!("{IN_ROOM}{room}"))
}

/// The key of a member's open connections.
#[must_use]
pub fn connections_key(member: &str) -> Key {
    Key::new(format!("member#{member}"), "connections")
}

/// The key of what a member is called.
#[must_use]
pub fn member_key(member: &str) -> Key {
    Key::new(format!("member#{member}"), "member")
}

/// The partition of how far a member has read.
#[must_use]
pub fn marks_partition(member: &str) -> String {
    format!("marks#{member}")
}

/// The key of how far a member has read in a room.
#[must_use]
pub fn mark_key(member: &str, room: &str) -> Key {
    Key::new(marks_partition(member), room)
}
