//! Ids: a prefix that tells the kind, and a ULID.

use jiff::Timestamp;
use ulid::Ulid;

/// A new id such as `job_01JZ…`: sortable by `now`, unguessable in its 80 random bits.
#[must_use]
pub fn new_id(prefix: &str, now: Timestamp) -> String {
    let milliseconds = u64::try_from(now.as_millisecond()).unwrap_or(0);
    format!("{prefix}_{}", Ulid::from_parts(milliseconds, rand::random()))
}
