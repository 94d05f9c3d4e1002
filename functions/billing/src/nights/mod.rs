//! A night of renewals: which subscriptions it found due, and what became of each.
//!
//! It begins with the list of what it has to look at, is worked through by as many workers as the queue lets run,
//! and is over when something was done about everything on the list. Each worker notes what it did in the
//! transaction that does it, so a night counts nothing twice and forgets nothing; that it is over is written once.

mod finish;
mod outcome;
mod overdue;
mod plan;
mod queue;

pub use finish::{Finisher, NightFinished};
pub use outcome::{Counts, Outcome};
pub use queue::{RenewalDue, RenewalQueue};

use jiff::{Timestamp, civil::Date};
use maru_store::{StoreError, text};
use serde::{Deserialize, Serialize};

use crate::store::Store;

/// A night.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Night {
    /// The day that begins with it.
    pub day: Date,
    /// When somebody first began to look for what is due.
    pub begun_at: Timestamp,
    /// When all of it was found; none while somebody is looking, or has died doing so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned_at: Option<Timestamp>,
    /// When something was done about all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Timestamp>,
    /// What was done, once it is finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<Counts>,
}

/// How many nights are looked at: those that are not finished are among the last.
const LAST: i32 = 62;

impl Store {
    /// The last nights up to `day`, the newest first, at most [`LAST`].
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn nights(&self, day: Date) -> Result<Vec<Night>, StoreError> {
        let query = self
            .table()
            .query("NIGHTS")
            .key_condition_expression("pk = :pk AND sk <= :day")
            .expression_attribute_values(":day", text(day.to_string()))
            .scan_index_forward(false)
            .consistent_read(true)
            .limit(LAST);
        self.table().query_page(query).await
    }
}
