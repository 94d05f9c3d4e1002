//! A connection, for people and tests.

use jiff::Timestamp;
use serde::Serialize;

/// A WebSocket connection that is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionReport {
    /// Its id.
    pub id: String,
    /// The id of its API.
    pub api: String,
    /// The client's address.
    pub source_ip: String,
    /// When it began.
    pub connected_at: Timestamp,
    /// When something was last said, by either side.
    pub last_active_at: Timestamp,
    /// How many messages were given to the client.
    pub sent: u64,
    /// How many frames came from the client.
    pub received: u64,
}
