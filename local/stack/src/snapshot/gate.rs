//! The gate that calls pass and a snapshot closes.

use tokio::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Open for calls, many at once; closed while a snapshot is taken, so that it shows the state between two
/// calls: never a message without the item that was written before it, nor an item without its message.
#[derive(Debug, Default)]
pub struct Gate(RwLock<()>);

impl Gate {
    /// Waits until the gate is open; it stays open for the caller while the answer lives.
    pub(crate) async fn enter(&self) -> RwLockReadGuard<'_, ()> {
        self.0.read().await
    }

    /// Closes the gate, once all who entered have left, while the answer lives.
    pub(crate) async fn close(&self) -> RwLockWriteGuard<'_, ()> {
        self.0.write().await
    }
}
