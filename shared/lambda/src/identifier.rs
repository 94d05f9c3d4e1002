//! Ids: a prefix that tells the kind, and a ULID.

use jiff::Timestamp;
use ulid::Ulid;

/// A new id such as `job_01JZ…`: sortable by `now`, unguessable in its 80 random bits.
#[must_use]
pub fn new_id(prefix: &str, now: Timestamp) -> String {
    let milliseconds = u64::try_from(now.as_millisecond()).unwrap_or(0);
    format!("{prefix}_{}", Ulid::from_parts(milliseconds, rand::random()))
}

/// The moment that an id of [`new_id`]'s was made for, to the millisecond; none if it is not one.
#[must_use]
pub fn made_at(id: &str) -> Option<Timestamp> {
    let ulid = Ulid::from_string(id.rsplit_once('_')?.1).ok()?;
    Timestamp::from_millisecond(i64::try_from(ulid.timestamp_ms()).ok()?).ok()
}
