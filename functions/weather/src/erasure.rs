//! Erasing: everything of a member who left.
//!
//! The record that a member is gone is written first and stays: it is a condition of every write of a survey. Then what
//! there is is counted into the record, and then it is deleted, with what was counted for the member. Each step can be done again: the first count stays.
//! Where a member was is erased in its own table, which keeps to itself that nothing more is to be recorded.

use std::collections::BTreeMap;

use jiff::Timestamp;
use maru_whereabouts::Whereabouts;

use crate::advice::LINES;
use crate::calls::{FETCHES, FETCHES_OF_DAY};
use crate::error::Error;
use crate::store::{Store, member_partition};

/// Erases everything of `member`, who left at `deleted_at`.
///
/// # Errors
/// [`Error::Store`]: begin again, what is done stays done.
pub async fn erase(
    store: &Store,
    whereabouts: &Whereabouts,
    member: &str,
    deleted_at: Timestamp,
) -> Result<(), Error> {
    let table = store.table();
    let record = table.erasure(member);
    record.begin(deleted_at).await?;
    let surveys = table.keys_of(&member_partition(member)).await?.len();
    let sights = usize::from(whereabouts.of(member).await?.is_some());
    record.count(&BTreeMap::from([("surveys", surveys), ("whereabouts", sights)])).await?;
    table.delete_partition(&member_partition(member)).await?;
    for limit in [FETCHES, FETCHES_OF_DAY, LINES] {
        table.delete_partition(&format!("LIMIT#{}#{member}", limit.name)).await?;
    }
    whereabouts.erase(member, deleted_at).await?;
    Ok(record.end().await?)
}
