//! The chat table.
//!
//! | access | key |
//! |---|---|
//! | the alerts of a province, those in force and those that ended lately | `pk = province#<code>, sk = alerts` |
//! | the room of a province that is open | `pk = province#<code>, sk = room` |
//! | a room | `pk = room#<room>, sk = room` |
//! | rooms that were closed, the first one first | `pk = closed, sk = <when>#<room>` |
//! | which reading of the warnings is the newest | `pk = reading, sk = reading` |

use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_province::Province;
use maru_store::{Key, Table};

/// The partition of the rooms that were closed.
pub const CLOSED: &str = "closed";

/// The chat table. What is done with it stands in the module of each concern.
#[derive(Clone, Debug)]
pub struct Store {
    table: Table,
}

impl FromEnvironment for Store {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self { table: Table::open(environment, "CHAT_TABLE")? })
    }
}

impl Store {
    /// The table itself, for what `maru_store` does.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.table
    }
}

/// The key of a province's alerts.
#[must_use]
pub fn alerts_key(province: Province) -> Key {
    Key::new(format!("province#{}", province.code()), "alerts")
}

/// The key of which room of a province is open.
#[must_use]
pub fn open_room_key(province: Province) -> Key {
    Key::new(format!("province#{}", province.code()), "room")
}

/// The partition of a room.
#[must_use]
pub fn room_partition(room: &str) -> String {
    format!("room#{room}")
}

/// The key of a room.
#[must_use]
pub fn room_key(room: &str) -> Key {
    Key::new(room_partition(room), "room")
}

/// The key of that a room was closed at a moment.
#[must_use]
pub fn closed_key(at: jiff::Timestamp, room: &str) -> Key {
    Key::new(CLOSED, format!("{at:.0}#{room}"))
}

/// The key of which reading of the warnings is the newest.
#[must_use]
pub fn reading_key() -> Key {
    Key::new("reading", "reading")
}
