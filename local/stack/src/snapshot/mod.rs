//! The state directory: the database and the queues, saved every few seconds and at the end.
//!
//! Each snapshot is a folder of its own, `snapshot-<number>`, which gets its name when it is complete and on
//! the disk; the one before is deleted after that. So a killed process loses the last seconds at most, and
//! whatever the directory holds at any moment, the newest named folder is whole. Objects of S3 are files
//! already.

mod folder;
mod gate;

#[cfg(test)]
mod tests;

use std::{path::PathBuf, sync::Arc, time::Duration};

use serde_json::Value;
use tokio::{sync::Mutex, time::Instant};

pub use self::{folder::SnapshotError, gate::Gate};
use crate::dynamodb::DynamoDb;

/// Gives the state of everything but the database and the objects: the queues, as JSON that only they read.
pub type OtherState = Arc<dyn Fn() -> Value + Send + Sync>;

/// Saves the state into one directory.
pub struct Snapshots {
    directory: PathBuf,
    database: DynamoDb,
    gate: Arc<Gate>,
    other: OtherState,
    last: Mutex<Option<Last>>,
}

/// What the last snapshot held.
#[derive(PartialEq, Eq)]
struct Last {
    changes: u64,
    other: String,
}

impl Snapshots {
    /// Restores the newest snapshot of a directory into the database and gives back the other state that was
    /// saved with it; none if there is no snapshot. The directory is made if it is not there. Blocks.
    ///
    /// # Errors
    /// [`SnapshotError`]: the directory or the snapshot cannot be read.
    pub fn restore(directory: &std::path::Path, database: &DynamoDb) -> Result<Option<Value>, SnapshotError> {
        folder::restore(directory, database)
    }

    /// Snapshots of this database and the other state into a directory that [`Self::restore`] has seen.
    pub fn new(directory: PathBuf, database: DynamoDb, gate: Arc<Gate>, other: OtherState) -> Self {
        Self { directory, database, gate, other, last: Mutex::default() }
    }

    /// Saves the state, unless it is what was saved last; says whether it did. Calls wait meanwhile.
    ///
    /// # Errors
    /// [`SnapshotError`]: the directory cannot be written; the snapshot before is still there.
    pub async fn save(&self) -> Result<bool, SnapshotError> {
        let mut last = self.last.lock().await;
        let closed = self.gate.close().await;
        let now = Last { changes: self.database.changes(), other: (self.other)().to_string() };
        if last.as_ref() == Some(&now) {
            return Ok(false);
        }
        let (directory, database, other) = (self.directory.clone(), self.database.clone(), now.other.clone());
        let written = tokio::task::spawn_blocking(move || folder::write(&directory, &database, &other)).await;
        drop(closed);
        let written = written.map_err(|_| SnapshotError::BrokenOff)??;
        tokio::task::spawn_blocking(move || written.publish())
            .await
            .map_err(|_| SnapshotError::BrokenOff)??;
        *last = Some(now);
        Ok(true)
    }

    /// Saves again and again, for ever: `every` so often, but never so that saving takes more than a tenth of
    /// the time. A failure is logged and tried again.
    pub async fn keep_saving(&self, every: Duration) {
        let mut pause = every;
        loop {
            tokio::time::sleep(pause).await;
            let started = Instant::now();
            if let Err(error) = self.save().await {
                tracing::warn!(error = &error as &dyn std::error::Error, "the state could not be saved");
            }
            pause = every.max(started.elapsed() * 9);
        }
    }
}
